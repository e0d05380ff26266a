using System.CommandLine;
using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent health</c>: asks the program that runs by a configuration whether it is well, for containers, installers and scripts.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Create(CommandContext context)
    {
        Option<string> config = new("--config", "-c") { Description = "The configuration by which the program runs; its web section says where to ask.", Required = true };
        Option<bool> ready = new("--ready") { Description = "Ask whether data flows, and not only whether the process lives." };
        Option<int> within = new("--within") { Description = "Seconds to go on asking until the answer is good.", DefaultValueFactory = _ => 0 };
        Command command = new("health", "Ask the running program whether it lives, or whether data flows; exit code 0 when it does, 3 when it does not.") { config, ready, within };
        command.SetAction(async (parsed, cancellation) =>
        {
            string file = parsed.GetRequiredValue(config);
            WebConfig web = ConfigReport.LoadOrFail(file, "$.web").Config!.Web
                ?? throw CommandFailure.BadUsage($"{file} has no web section, so nobody can be asked. Add \"web\": {{ \"listen\": \"127.0.0.1:8080\" }}.");
            Uri address = AddressOf(web, parsed.GetValue(ready) ? "/health/ready" : "/health/live");
            return await AskAsync(context, address, TimeSpan.FromSeconds(Math.Max(0, parsed.GetValue(within))), cancellation);
        });
        return command;
    }

    /// <summary>Where the program is reached from its own machine.</summary>
    internal static Uri AddressOf(WebConfig web, string path)
    {
        _ = ListenAddress.TryParse(web.Listen, out IPEndPoint listen); // Checked with the configuration.
        IPAddress host = listen.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen.Address;
        return new Uri($"{(web.Https is null ? "http" : "https")}://{new IPEndPoint(host, listen.Port)}{path}");
    }

    private static async Task<int> AskAsync(CommandContext context, Uri address, TimeSpan within, CancellationToken cancellation)
    {
        // The certificate bears the names that browsers use; asked is this very machine, and nothing secret is said.
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using HttpClient http = new(handler) { Timeout = TimeSpan.FromSeconds(5) };
        long since = context.Time.GetTimestamp();
        while (true)
        {
            (bool isGood, string said) = await TryAsync(http, address, cancellation);
            if (isGood)
            {
                context.Out.WriteLine(said);
                return ExitCodes.Done;
            }

            if (context.Time.GetElapsedTime(since) >= within)
            {
                context.Error.WriteLine($"{address}: {said}");
                return ExitCodes.DoesNotHold;
            }

            await Task.Delay(Pause, context.Time, cancellation);
        }
    }

    private static async Task<(bool IsGood, string Said)> TryAsync(HttpClient http, Uri address, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, cancellation);
            return (answer.IsSuccessStatusCode, (await answer.Content.ReadAsStringAsync(cancellation)).Trim());
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return (false, $"no answer: {problem.Message}");
        }
    }
}
