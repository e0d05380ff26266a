using System.Net.Http;
using System.Text.Json;

namespace EdgeAgent.Commands.Bench;

/// <summary>This very program as a process of its own, so that what is measured is what one ships.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly HttpClient _http;

    private AgentProcess(ChildProcess process, int webPort) =>
        (Process, _http) = (process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{webPort}"), Timeout = TimeSpan.FromSeconds(10) });

    public ChildProcess Process { get; }

    /// <param name="webPort">Where its configuration lets it serve <c>/api/status</c>.</param>
    public static AgentProcess Run(string configuration, int webPort) => new(Start("run", "--config", configuration), webPort);

    /// <summary>Starts any verb of this program.</summary>
    public static ChildProcess Start(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        bool byDotnet = Path.GetFileNameWithoutExtension(program) == "dotnet"; // As `dotnet edgeagent.dll`.
        return ChildProcess.Start(program, byDotnet ? [Path.Combine(AppContext.BaseDirectory, "edgeagent.dll"), .. arguments] : arguments);
    }

    /// <summary>A member of <c>/api/status</c>, for instance <c>agent.counts.missed</c>; not a number when it is null.</summary>
    public async Task<double> ReadNumberAsync(string path, BenchContext context)
    {
        using JsonDocument status = JsonDocument.Parse(await _http.GetStringAsync("/api/status", context.Cancellation));
        JsonElement element = status.RootElement;
        foreach (string member in path.Split('.'))
        {
            element = element.GetProperty(member);
        }

        return element.ValueKind == JsonValueKind.Number ? element.GetDouble() : double.NaN;
    }

    /// <summary>Waits until the process serves.</summary>
    public async Task WaitServingAsync(TimeSpan limit, BenchContext context)
    {
        long start = context.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await ReadNumberAsync("rssBytes", context);
                return;
            }
            catch (HttpRequestException) when (!Process.HasExited && context.Time.GetElapsedTime(start) < limit)
            {
                await context.Wait(TimeSpan.FromMilliseconds(20));
            }
            catch (HttpRequestException)
            {
                throw CommandFailure.Failed($"The agent does not serve:\n{Process.Output()}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
    }
}
