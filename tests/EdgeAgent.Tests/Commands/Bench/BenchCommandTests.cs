using System.CommandLine;
using System.Text.Json;
using EdgeAgent.Commands;
using EdgeAgent.Commands.Bench;

namespace EdgeAgent.Tests.Commands.Bench;

public sealed class BenchCommandTests
{
    [Theory]
    [InlineData(5.0, ExitCodes.Done)]
    [InlineData(5.1, ExitCodes.DoesNotHold)]
    [InlineData(double.NaN, ExitCodes.DoesNotHold)]
    public async Task A_missed_target_is_exit_code_3(double measured, int expected)
    {
        (int code, _) = await RunAsync(new FixedScenario(BenchMeasurement.AtMost("cost", measured, "µs", 5)), "fixed");

        Assert.Equal(expected, code);
    }

    [Fact]
    public void Directions_are_inclusive()
    {
        Assert.True(BenchMeasurement.AtLeast("rate", 5, "1/s", 5).Holds);
        Assert.False(BenchMeasurement.AtLeast("rate", 4.9, "1/s", 5).Holds);
        Assert.True(BenchMeasurement.Observed("seen", double.NaN, "").Holds);
    }

    [Fact]
    public async Task The_json_carries_measurement_target_and_machine()
    {
        (_, string output) = await RunAsync(
            new FixedScenario(BenchMeasurement.AtLeast("rate", 7, "1/s", 5), BenchMeasurement.Observed("seen", double.NaN, "B")),
            "fixed", "--json");

        using JsonDocument json = JsonDocument.Parse(output);
        JsonElement rate = json.RootElement.GetProperty("measurements")[0];
        Assert.Equal("fixed", json.RootElement.GetProperty("scenario").GetString());
        Assert.Equal(7, rate.GetProperty("value").GetDouble());
        Assert.Equal(5, rate.GetProperty("target").GetDouble());
        Assert.Equal("AtLeast", rate.GetProperty("direction").GetString());
        Assert.True(rate.GetProperty("holds").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("measurements")[1].GetProperty("value").ValueKind);
        Assert.NotEmpty(json.RootElement.GetProperty("machine").GetProperty("cpu").GetString()!);
    }

    [Fact]
    public async Task List_names_every_scenario_with_its_description()
    {
        (int code, string output) = await RunAsync(new FixedScenario(), "list");

        Assert.Equal(ExitCodes.Done, code);
        Assert.Contains("fixed  Gives back what it was given.", output);
    }

    [Fact]
    public void Scenario_names_are_distinct_and_typable() =>
        Assert.All(
            BenchScenarios.All.GroupBy(scenario => scenario.Name),
            group => Assert.True(group.Count() == 1 && group.Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), group.Key));

    private static async Task<(int Code, string Output)> RunAsync(IBenchScenario scenario, params string[] args)
    {
        StringWriter output = new();
        using CommandContext context = new(output, TextWriter.Null, TimeProvider.System, isInteractive: false);
        Command command = BenchCommand.Create(context, [scenario]);
        return (await command.Parse(args).InvokeAsync(), output.ToString());
    }

    private sealed class FixedScenario(params IReadOnlyList<BenchMeasurement> measurements) : IBenchScenario
    {
        public string Name => "fixed";

        public string Description => "Gives back what it was given.";

        public Task<BenchResult> RunAsync(BenchContext context) => Task.FromResult(new BenchResult(measurements));
    }
}
