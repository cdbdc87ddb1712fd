#!/usr/bin/env bash
# Runs the rows of wake.md, sections 3 and 4: each model whole, and with one ingredient left out. Needs Spin and gcc.
#
#   models.sh [PATTERN]     only the rows that match the pattern
#
# Exit status 0 if each row ended as it says. SECONDS_EACH bounds a run (default 600); MEGABYTES its memory (default 2000).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
pattern=${1:-.}
seconds=${SECONDS_EACH:-600}
megabytes=${MEGABYTES:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What is expected; the model; its options. "livelock" searches for cycles without progress.
rows='
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 STOP
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=18
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=22
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=29
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=30
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=31
holds     wake.pml   NF=0 NL=0 NK=1 NT=0 NS=0
holds     wake.pml   NF=0 NL=0 NK=0 NT=0 NS=0 START
holds     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CAREFUL livelock
holds     wake.pml   NF=2 NL=0 NK=0 NT=0 NS=0 STALL livelock
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=1
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=2
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=3
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=4
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=5
fails     wake.pml   NF=1 NL=0 NK=0 NT=1 NS=0 CUT=7
fails     wake.pml   NF=2 NL=0 NK=0 NT=0 NS=0 STALL CUT=8 livelock
fails     wake.pml   NF=0 NL=0 NK=1 NT=0 NS=0 CUT=9
fails     wake.pml   NF=0 NL=0 NK=1 NT=0 NS=0 CUT=10
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=12
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 STOP CUT=16
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 STOP CUT=17
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=20
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CAREFUL CUT=21 livelock
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=23
fails     wake.pml   NF=2 NL=0 NK=0 NT=0 NS=0 EARLY CUT=24
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 START CUT=25
fails     wake.pml   NF=0 NL=1 NK=0 NT=0 NS=0 CUT=26
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 START CUT=27
fails     wake.pml   NF=1 NL=0 NK=0 NT=0 NS=0 CUT=28
holds     stamp.pml  NE=1 NX=1 NFL=1
holds     stamp.pml  NE=2 NX=0 NFL=1
holds     stamp.pml  NE=1 NX=1 NFL=0 OWN=1
holds     stamp.pml  NE=2 NX=0 NFL=0 OWN=2
holds     stamp.pml  NE=0 NX=1 NFL=0 X2N=1 X2BIT
holds     stamp.pml  NE=0 NX=2 NFL=0 CUT=8
holds     stamp.pml  NE=1 NX=1 NFL=1 CUT=13
holds     stamp.pml  NE=1 NX=1 NFL=1 CUT=15
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=1
fails     stamp.pml  NE=2 NX=0 NFL=1 CUT=2
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=3
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=4
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=5
fails     stamp.pml  NE=0 NX=1 NFL=0 X2N=1 CUT=6
fails     stamp.pml  NE=0 NX=1 NFL=0 X2N=1 CUT=7
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=9
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=10
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=11
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=12
fails     stamp.pml  NE=0 NX=1 NFL=0 X2N=1 CUT=14
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=16
fails     stamp.pml  NE=1 NX=1 NFL=1 CUT=17
fails     stamp.pml  NE=1 NX=0 NFL=0 OWN=1 CUT=18
holds     start.pml
holds     start.pml  CUT=6
holds     start.pml  CUT=7
fails     start.pml  CUT=1
fails     start.pml  CUT=2
fails     start.pml  CUT=3
fails     start.pml  CUT=4
fails     start.pml  CUT=5
fails     start.pml  CUT=8
holds     hint.pml   VAR=0 NF=1
'

status=0
while read -r expected model options; do
    [ -n "$expected" ] || continue
    row="$model${options:+ $options}"
    grep -q -e "$pattern" <<<"$row" || continue
    defines=() search=(-E) compile=(-DSAFETY)
    for option in $options; do
        if [ "$option" = livelock ]; then
            search+=(-l)
            compile=(-DNP)
        else
            defines+=("-D$option")
        fi
    done
    spin -a "${defines[@]}" "$here/$model" >spin.log 2>&1 || { cat spin.log; exit 1; }
    gcc -O1 -w -DCOLLAPSE -DMEMLIM="$megabytes" "${compile[@]}" -o pan pan.c
    timeout "$seconds" ./pan "${search[@]}" -m3000000 -w24 >pan.log 2>&1 || true
    states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.log)
    if grep -q 'errors: [1-9]' pan.log; then
        found=fails
    elif ! grep -q 'errors: 0' pan.log || grep -q -e 'Search not completed' -e 'too small' -e 'out of memory' pan.log; then
        found="did not end"
    else
        found=holds
    fi
    mark=ok
    [ "$found" = "$expected" ] || { mark=WRONG; status=1; }
    printf '%-5s  %-11s  %-55s  %s states\n' "$mark" "$found" "$row" "${states:-?}"
done <<<"$rows"
exit $status
