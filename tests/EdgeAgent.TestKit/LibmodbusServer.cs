namespace EdgeAgent.TestKit;

/// <summary>tests/partners/libmodbus_server.c, compiled once for this test run.</summary>
public static class LibmodbusServer
{
    private static readonly TempDirectory Built = new();
    private static readonly Lazy<Task<string>> Program = new(BuildAsync);

    public static async Task<PartnerProcess> StartAsync(params string[] arguments)
    {
        var server = PartnerProcess.Start(await Program.Value, arguments);
        await server.WaitForLineAsync("listening");
        return server;
    }

    private static async Task<string> BuildAsync()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Built.Dispose();
        var program = Built.File("libmodbus_server");
        await using var compiler = PartnerProcess.Start(
            "gcc", ["-O2", "-Wall", "-o", program, RepositoryRoot.Combine("tests", "partners", "libmodbus_server.c"), "-lmodbus"]);
        await compiler.WaitForExitAsync();
        return compiler.ExitCode == 0 ? program : throw new InvalidOperationException($"gcc: {compiler.Output}");
    }
}
