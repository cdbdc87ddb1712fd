#!/bin/sh
# Boots Debian's kernel again and again, each time to a shell, a command and "poweroff", and counts how each boot ended:
#
#     tools/linux-boots.sh FOLDER [BOOTS [CPUS...]]
#
# FOLDER has what tools/linux.sh has put there. BOOTS is 20 if not given, CPUS 1 2 4 8. A line is printed for each boot, and the
# sums at the end. A boot is good if the run ends with status 0, the command has answered, and the kernel has not complained
# of a stall, a lockup, a lost interruption or a defect. The console of each boot that is not is kept in FOLDER/boots.
# Exit status: 0 if all boots were good, 1 if not, 2 for wrong usage. INTERRUPTOR names the command, INTERRUPTOR_LIMIT the
# seconds that a boot may take (600).
set -u

complaints='rcu.*stall|self-detected|soft lockup|hard lockup|blocked for more|lost interrupt|WARNING:|BUG:|Oops|Call Trace|[Pp]anic'
interruptor=${INTERRUPTOR:-$(dirname "$0")/bin/interruptor}
limit=${INTERRUPTOR_LIMIT:-600}

usage() {
    echo "linux-boots.sh: $1; usage: linux-boots.sh FOLDER [BOOTS [CPUS...]]" >&2
    exit 2
}

[ $# -ge 1 ] || usage "FOLDER is missing"
folder=$1
shift
boots=${1:-20}
[ $# -eq 0 ] || shift
[ $# -ne 0 ] || set -- 1 2 4 8
for file in "$folder/kernel" "$folder/initrd"; do
    [ -f "$file" ] || usage "$file is missing; tools/linux.sh fetches it"
done
for number in "$boots" "$limit" "$@"; do
    case $number in
        '' | *[!0-9]* | 0*) usage "'$number': expected a number above 0" ;;
    esac
done

kept=$folder/boots
scratch=$(mktemp -d)
run=
finish() {
    [ -z "$run" ] || kill "$run" 2> /dev/null
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM
trap '' PIPE # of a guest that has ended before it was typed to

# Waits until the console has a text; fails if the run has ended before.
await() {
    while ! grep -aq "$1" "$scratch/console"; do
        kill -0 "$run" 2> /dev/null || return 1
        sleep 1
    done
}

boot() { # number of CPUs; sets result
    rm -f "$scratch/keys"
    mkfifo "$scratch/keys"
    : > "$scratch/console"
    "$interruptor" run --kernel "$folder/kernel" --initrd "$folder/initrd" --append cryptomgr.notests --memory 256M \
        --cpus "$1" --timeout "$limit" < "$scratch/keys" > "$scratch/console" 2>&1 &
    run=$!
    exec 3> "$scratch/keys"
    if await "'poweroff' ends it" && await '# '; then
        # What is typed comes back as an echo, so that the answer must differ from it.
        echo 'echo $((6 * 7)) of $(nproc)' >&3
        await "^42 of $1" && echo poweroff >&3
    fi
    wait "$run"
    status=$?
    run=
    exec 3>&-
    complaint=$(grep -aE "$complaints" "$scratch/console" | head -1 | tr -d '\r')
    result=
    [ "$status" -eq 0 ] || result="status $status"
    grep -aq "^42 of $1" "$scratch/console" || result="$result, no answer of the shell"
    [ -z "$complaint" ] || result="$result, complaint: $complaint"
    result=${result#, }
}

bad=0
total=0
sums=
for cpus in "$@"; do
    good=0
    number=0
    while [ "$number" -lt "$boots" ]; do
        number=$((number + 1))
        total=$((total + 1))
        begin=$(date +%s)
        boot "$cpus"
        up=$(sed -n 's/.*is up after \([0-9.]*\) s.*/\1/p' "$scratch/console" | head -1)
        if [ -z "$result" ]; then
            good=$((good + 1))
        else
            bad=$((bad + 1))
            mkdir -p "$kept"
            cp "$scratch/console" "$kept/cpus-$cpus-boot-$number.log"
        fi
        echo "$cpus CPUs, boot $number: ${result:-good}, shell after ${up:-?} s, $(($(date +%s) - begin)) s in all"
    done
    sums="$sums$cpus CPUs: $good of $boots boots good
"
done
printf '%s' "$sums"
[ "$bad" -eq 0 ] || {
    echo "$bad of $total boots were not good: see $kept"
    exit 1
}
