using System.Net.Sockets;
using System.Text;
using EdgeAgent.Hosting;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Hosting;

public sealed class SystemdNotifyTests
{
    [Fact]
    public void States_go_to_the_socket_that_systemd_names()
    {
        using TempDirectory directory = new();
        string path = directory.File("notify");
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));

        using (SystemdNotify notify = new(path))
        {
            notify.Send("READY=1");
        }

        byte[] received = new byte[64];
        Assert.Equal("READY=1", Encoding.ASCII.GetString(received, 0, systemd.Receive(received)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/nowhere/at/all")]
    public void Without_systemd_nothing_happens(string? path)
    {
        using SystemdNotify notify = new(path);
        notify.Send("READY=1");
    }
}
