using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>A mail server that takes one message without encryption or login.</summary>
internal sealed class MailPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public MailPeer()
    {
        _listener.Start();
        Received = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every line that came, when the client has said goodbye.</summary>
    public Task<string[]> Received { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string[]> ServeAsync()
    {
        List<string> lines = [];
        using TcpClient client = await _listener.AcceptTcpClientAsync();
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        await using StreamWriter writer = new(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.plant.cn");
        bool data = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (data && line != ".")
            {
                continue;
            }

            data = line == "DATA";
            await writer.WriteLineAsync(line switch { "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 fine" });
            if (line == "QUIT")
            {
                break;
            }
        }

        return [.. lines];
    }
}
