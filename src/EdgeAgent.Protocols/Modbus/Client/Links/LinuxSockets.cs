using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeAgent.Protocols.Modbus.Client.Links;

/// <summary>The five calls of Linux that a <see cref="SocketPoller"/> needs.</summary>
internal static unsafe partial class LinuxSockets
{
    public const int DoNotWait = 0x40; // MSG_DONTWAIT
    public const int NoSignal = 0x4000; // MSG_NOSIGNAL
    public const uint Readable = 0x001; // EPOLLIN; errors and hang-ups are reported unasked
    public const uint Writable = 0x004; // EPOLLOUT
    public const uint Once = 0x4000_0000; // EPOLLONESHOT
    public const int Add = 1; // EPOLL_CTL_ADD
    public const int Remove = 2; // EPOLL_CTL_DEL
    public const int TryAgain = 11; // EAGAIN
    public const int Interrupted = 4; // EINTR
    private const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC

    /// <summary>Whether struct epoll_event is packed: on x86-64 alone.</summary>
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Bytes from one event to the next, and from an event's beginning to its user data.</summary>
    public static readonly int EventBytes = IsPacked ? 12 : 16;
    public static readonly int EventDataOffset = IsPacked ? 4 : 8;

    public static int NewPoller() => EpollCreate(CloseOnExec);

    public static bool Watch(int poller, int operation, SafeSocketHandle socket, uint events, long data)
    {
        byte* watched = stackalloc byte[16];
        *(uint*)watched = events;
        *(long*)(watched + EventDataOffset) = data;
        return EpollControl(poller, operation, socket, watched) == 0;
    }

    public static long DataOf(byte* events, int index) => *(long*)(events + (index * EventBytes) + EventDataOffset);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int Wait(int poller, byte* events, int eventsMax, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(SafeSocketHandle socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeSocketHandle socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int poller, int operation, SafeSocketHandle socket, byte* watched);
}
