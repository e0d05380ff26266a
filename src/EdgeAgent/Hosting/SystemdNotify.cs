using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Hosting;

/// <summary>Tells systemd (<c>Type=notify</c>) that the process is ready or stopping; silent when systemd did not start it.</summary>
internal sealed class SystemdNotify : IDisposable
{
    private readonly Socket? _socket;

    public SystemdNotify()
        : this(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"))
    {
    }

    internal SystemdNotify(string? path)
    {
        if (path is not { Length: > 1 })
        {
            return;
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // A leading @ stands for the abstract namespace, whose names start with a zero byte.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            _socket = socket;
        }
        catch (SocketException)
        {
            socket.Dispose(); // Not being heard by systemd is no reason not to collect.
        }
    }

    public void Send(string state)
    {
        try
        {
            _socket?.Send(Encoding.ASCII.GetBytes(state));
        }
        catch (SocketException)
        {
            // As above.
        }
    }

    public void Dispose() => _socket?.Dispose();
}
