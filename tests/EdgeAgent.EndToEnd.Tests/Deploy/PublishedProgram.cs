using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>The program as it is published, once for all tests of this folder; made of what is built already, so it takes seconds.</summary>
public sealed class PublishedProgram : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();

    public string Path => _directory.File("published");

    public static string DeployFolder => RepositoryRoot.Combine("deploy");

    public async Task InitializeAsync()
    {
        string configuration = BuiltProgram.Path.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        await ShellRun.GoodAsync($"cd '{RepositoryRoot.Combine()}' && dotnet publish src/EdgeAgent -c {configuration} --no-build -o '{Path}' -v q -nologo");
    }

    public Task DisposeAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }
}
