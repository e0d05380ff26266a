using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using EdgeAgent.TestKit;

namespace EdgeAgent.Ui.Tests.Harness;

/// <summary>What a robot of a chat does: takes messages over HTTP and answers as the test says.</summary>
internal sealed class RobotPeer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(string Query, JsonElement Body)> _taken = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly Task _serving;

    public RobotPeer(string answer = """{"errcode":0,"code":0}""")
    {
        Answer = answer;
        Url = $"http://127.0.0.1:{FreePort.Tcp()}/robot";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    public string Answer { get; set; }

    /// <summary>The next message that the test did not see yet.</summary>
    public async Task<(string Query, JsonElement Body)> NextAsync() => await _taken.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using JsonDocument body = await JsonDocument.ParseAsync(context.Request.InputStream);
                _taken.Writer.TryWrite((context.Request.Url!.Query, body.RootElement.Clone()));
                context.Response.ContentType = "application/json";
                await using StreamWriter answer = new(context.Response.OutputStream);
                await answer.WriteAsync(Answer);
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
