#!/bin/sh
# Fetches Debian's s390x kernel and busybox, and makes an initramfs of them that ends in a shell:
#
#     tools/linux.sh [trixie|bookworm] [FOLDER]
#
# FOLDER (tools/target/linux/SUITE if not given) has "kernel" and "initrd" then. Needs a Debian with apt, dpkg and
# debian-archive-keyring; not root. Nothing is installed, and apt's own state is left alone. INTERRUPTOR_MIRROR names
# another mirror than http://deb.debian.org/debian.
set -eu

suite=${1:-trixie}
folder=${2:-$(dirname "$0")/target/linux/$suite}
mirror=${INTERRUPTOR_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() {
    echo "linux.sh: $1" >&2
    exit 1
}

case $suite in
    trixie | bookworm) ;;
    *) fail "$suite: expected trixie or bookworm" ;;
esac
for command in apt-get apt-cache dpkg-deb tar; do
    command -v "$command" > /dev/null || fail "$command is not installed; this script needs a Debian system"
done
[ -f "$keyring" ] || fail "$keyring is missing; install debian-archive-keyring"

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
apt=$folder/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/etc/parts" "$apt/packages"
: > "$apt/status"
echo "deb [arch=s390x signed-by=$keyring] $mirror $suite main" > "$apt/etc/sources.list"
cat > "$apt/apt.conf" << END
APT::Architecture "s390x";
APT::Architectures { "s390x"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::State "$apt";
Dir::State::Lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dir::Etc::SourceList "$apt/etc/sources.list";
Dir::Etc::SourceParts "$apt/etc/parts";
Dir::Etc::Parts "$apt/etc/parts";
Dir::Etc::Preferences "$apt/etc/preferences";
Dir::Etc::PreferencesParts "$apt/etc/parts";
END
export APT_CONFIG="$apt/apt.conf"

apt-get -q update
rm -f "$apt/packages"/*.deb
cd "$apt/packages"
apt-get -q download busybox-static
# The name of the kernel's package has its version. The newest comes first; a mirror that is being updated may not have it yet.
kernel=
for candidate in $(apt-cache pkgnames linux-image- | grep '^linux-image-[0-9].*-s390x$' | sort -rV); do
    if apt-get -q download "$candidate"; then
        kernel=$candidate
        break
    fi
done
[ -n "$kernel" ] || fail "no kernel for s390x can be fetched from $mirror, suite $suite"

# The packages have either /bin and /lib or the same below /usr, and the kernel in /boot. The driver of virtio disks is a module.
tree=$apt/tree
rm -rf "$tree"
mkdir -p "$tree"
for package in "$apt/packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$tree" --wildcards './boot/vmlinuz*' './bin/busybox' \
        './usr/bin/busybox' './lib/modules/*/virtio_blk.ko*' './usr/lib/modules/*/virtio_blk.ko*' 2> "$apt/tar.log" || true
done
set -- "$tree"/boot/vmlinuz*
[ -f "$1" ] || fail "$kernel has no kernel: $(cat "$apt/tar.log")"
cp "$1" "$folder/kernel"
for busybox in "$tree/bin/busybox" "$tree/usr/bin/busybox"; do
    [ -f "$busybox" ] && break
done
[ -f "$busybox" ] || fail "busybox-static has no busybox: $(cat "$apt/tar.log")"
module=$(find "$tree" -name 'virtio_blk.ko*')
case $module in
    *.ko) ;;
    *.ko.xz)
        command -v xz > /dev/null || fail "xz is not installed; the kernel's modules are compressed by it"
        xz -d "$module"
        module=${module%.xz}
        ;;
    *) fail "$kernel has no virtio_blk.ko that this script can read: $module" ;;
esac

# The initramfs, in cpio's format "newc", written here since cpio is not everywhere: a header of 8-digit hexadecimal
# fields, the name and the contents, each up to a multiple of 4 bytes.
inode=0
pad() {
    while [ $(($1 % 4)) -ne 0 ]; do
        printf '\0'
        set -- $(($1 + 1))
    done
}
entry() { # name, mode in octal, length of the contents, device major, device minor
    inode=$((inode + 1))
    printf '070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x' "$inode" "$((0$2))" 0 0 1 0 "$3" 0 0 "$4" "$5" \
        $((${#1} + 1)) 0
    printf '%s\0' "$1"
    pad $((110 + ${#1} + 1))
}
file() { # name, mode, path of the contents
    length=$(($(wc -c < "$3")))
    entry "$1" "100$2" "$length" 0 0
    cat "$3"
    pad "$length"
}
link() { # name, target
    entry "$1" 120777 ${#2} 0 0
    printf '%s' "$2"
    pad ${#2}
}
cat > "$apt/inittab" << 'END'
::sysinit:/etc/rc
::respawn:-/bin/sh
::ctrlaltdel:/bin/reboot
END
cat > "$apt/rc" << 'END'
#!/bin/sh
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp /tmp
ip link set lo up
insmod /lib/virtio_blk.ko
hostname guest
echo "Linux $(uname -r) with $(nproc) CPUs is up after $(cut -d ' ' -f 1 /proc/uptime) s: 'poweroff' ends it."
# A command on the kernel's command line: run=..., with %20 for a blank.
for word in $(cat /proc/cmdline); do
    case $word in
        run=*) sh -c "$(printf '%s' "${word#run=}" | sed 's/%20/ /g')" ;;
    esac
done
END
{
    for directory in bin dev lib proc sys tmp run etc root; do
        entry "$directory" 40755 0 0 0
    done
    entry dev/console 20600 0 5 1
    entry dev/null 20666 0 1 3
    file bin/busybox 755 "$busybox"
    file lib/virtio_blk.ko 644 "$module"
    link bin/sh busybox
    link init bin/busybox
    file etc/inittab 644 "$apt/inittab"
    file etc/rc 755 "$apt/rc"
    entry 'TRAILER!!!' 0 0 0 0
} > "$folder/initrd"
echo "$folder has $kernel as \"kernel\", and an \"initrd\""
