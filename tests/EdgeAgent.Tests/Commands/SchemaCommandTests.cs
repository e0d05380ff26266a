using EdgeAgent.Commands;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Commands;

public sealed class SchemaCommandTests
{
    [Fact]
    public async Task The_schema_in_configs_is_the_one_that_the_program_prints()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("schema");

        string golden = RepositoryRoot.Combine("configs", "agent.schema.json");
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.True(
            File.Exists(golden) && run.Out == await File.ReadAllTextAsync(golden),
            $"{golden} is out of date. Renew it: edgeagent schema > configs/agent.schema.json");
    }
}
