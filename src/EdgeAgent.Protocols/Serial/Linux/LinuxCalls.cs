using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>The calls of Linux that serial ports need. Numbers are those of asm-generic, which x64 and arm64 share.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int ReadWrite = 0x2; // O_RDWR
    public const int NoControllingTerminal = 0x100; // O_NOCTTY
    public const int NonBlocking = 0x800; // O_NONBLOCK
    public const int CloseOnExec = 0x80000; // O_CLOEXEC and EFD_CLOEXEC

    public const uint GetTermios = 0x802C_542A; // TCGETS2
    public const uint SetTermios = 0x402C_542B; // TCSETS2
    public const uint Exclusive = 0x540C; // TIOCEXCL
    public const uint NotExclusive = 0x540D; // TIOCNXCL
    public const uint Flush = 0x540B; // TCFLSH
    public const uint GetSerial = 0x541E; // TIOCGSERIAL
    public const uint SetSerial = 0x541F; // TIOCSSERIAL
    public const uint SetRs485 = 0x542F; // TIOCSRS485
    public const int FlushInput = 0; // TCIFLUSH
    public const int LockExclusive = 2; // LOCK_EX
    public const int LockWithoutWaiting = 4; // LOCK_NB

    public const short Readable = 0x001; // POLLIN
    public const short Writable = 0x004; // POLLOUT
    public const short Failed = 0x008; // POLLERR
    public const short HungUp = 0x010; // POLLHUP
    public const short Invalid = 0x020; // POLLNVAL

    public const int SetTimerSlack = 29; // PR_SET_TIMERSLACK

    public const int NoSuchFile = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int InputOutput = 5; // EIO
    public const int NoSuchAddress = 6; // ENXIO
    public const int TryAgain = 11; // EAGAIN
    public const int NoPermission = 13; // EACCES
    public const int Busy = 16; // EBUSY
    public const int NoSuchDevice = 19; // ENODEV
    public const int InvalidArgument = 22; // EINVAL
    public const int NoTerminal = 25; // ENOTTY

    [StructLayout(LayoutKind.Sequential)]
    public struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

    /// <summary>struct timespec of the 64-bit ABIs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle handle, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle handle, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(Polled* polled, nuint count, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle handle, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle handle, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle NewEvent(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int ControlThread(int option, nuint argument);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial SafeFileHandle OpenPseudoTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static partial int Grant(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static partial int NameOf(SafeFileHandle master, byte* buffer, nuint size);
}
