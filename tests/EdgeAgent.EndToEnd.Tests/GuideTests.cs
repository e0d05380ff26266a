using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.Store.Sqlite;
using EdgeAgent.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.EndToEnd.Tests;

/// <summary>The commands of the acceptance guide, typed one after the other by the built program as its reader would.</summary>
public sealed partial class GuideTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Every_command_of_the_acceptance_guide_that_needs_no_machine_does_what_it_says()
    {
        using TempDirectory directory = new();
        await PrepareAsync(directory);
        string[] commands = CommandsOf(await File.ReadAllTextAsync(RepositoryRoot.Combine("src", "EdgeAgent.Assessment", "ACCEPTANCE.zh-CN.md")));
        Assert.True(commands.Length >= 15, $"only {commands.Length} commands were found");
        foreach (string command in commands)
        {
            (int code, string output) = await TypeAsync(command, directory.Path);
            Assert.True(code == 0, $"{command}\n{output}");
        }

        Assert.NotEmpty(Directory.GetFiles(directory.File("forms"), "*.docx"));
        Assert.True(File.Exists(directory.File("pack.zip")));
    }

    /// <summary>The files that the guide takes for granted.</summary>
    private static async Task PrepareAsync(TempDirectory directory)
    {
        await File.WriteAllTextAsync(directory.File("hub.json"), """
            { "site": "my-plant", "hub": { "rulePack": "hohhot-2025", "broker": { "brokers": ["mqtt://127.0.0.1:1883"] } } }
            """);
        await File.WriteAllTextAsync(directory.File("ledger.csv"), """
            资产编号,设备名称,设备类别,状态,投用日期,数字化依据,车间,产线,工序,关键工序
            A-001,冲床1号,生产设备,在用,2023-05-01,PLC,一车间,A线,冲压,是
            A-002,普通车床1号,生产设备,在用,2008-04-01,无,一车间,A线,车削,否
            """);
        await File.WriteAllTextAsync(directory.File("enterprise.json"), """
            { "name": "示例机械有限公司", "creditCode": "91150100MA0N000000", "legalRepresentative": "张三", "address": "呼和浩特市", "contact": "李四", "contactNumber": "13800000000",
              "industry": "结构性金属制品制造业", "qualityClass": "专精特新中小企业" }
            """);
        await File.WriteAllTextAsync(directory.File("A-001.jpg"), "a picture");
        await File.WriteAllTextAsync(directory.File("diagnosis.pdf"), "a report");
        await using SqliteTimeSeriesStore store = new(
            new SqliteStoreOptions(directory.File("data", "hub", "store")) { Maintenance = false }, TimeProvider.System, NullLogger<SqliteTimeSeriesStore>.Instance);
        await store.InitializeAsync(CancellationToken.None);
    }

    private static string[] CommandsOf(string guide) =>
        [.. Block().Matches(guide).SelectMany(block => block.Groups["code"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    private static async Task<(int Code, string Output)> TypeAsync(string command, string directory)
    {
        string[] words = [.. Word().Matches(command).Select(word => word.Value.Trim('"'))];
        Assert.Equal("edgeagent", words[0]);
        ProcessStartInfo start = new(BuiltProgram.Path, words[1..])
        {
            WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_limit);
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex(@"<!-- run: acceptance -->\n```sh\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
