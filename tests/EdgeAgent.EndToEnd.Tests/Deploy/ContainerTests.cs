using System.Text.RegularExpressions;
using EdgeAgent.EndToEnd.Tests.Harness;
using EdgeAgent.TestKit;
using YamlDotNet.RepresentationModel;

namespace EdgeAgent.EndToEnd.Tests.Deploy;

/// <summary>What can be said of images, compose and cluster files without a container engine.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Compose = RepositoryRoot.Combine("deploy", "compose");

    [Fact]
    public async Task The_Dockerfile_copies_what_there_is_and_all_that_the_program_is_built_of()
    {
        (string Instruction, string Text)[] steps = [.. (await File.ReadAllLinesAsync(RepositoryRoot.Combine("Dockerfile")))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2)).Select(words => (words[0], words[1]))];
        Assert.All(steps, step => Assert.Contains(step.Instruction, (string[])["FROM", "ARG", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "ENV", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD"]));
        string[] stages = [.. steps.Where(step => step.Instruction == "FROM").Select(step => StageName().Match(step.Text).Groups[1].Value).Where(name => name.Length > 0)];
        List<string> copied = [];
        foreach ((_, string rest) in steps.Where(step => step.Instruction == "COPY"))
        {
            string[] words = rest.Split(' ');
            string? from = words.FirstOrDefault(word => word.StartsWith("--from=", StringComparison.Ordinal))?[7..];
            Assert.True(from is null || stages.Contains(from), rest);
            string[] sources = [.. words[..^1].Where(word => !word.StartsWith("--", StringComparison.Ordinal))];
            Assert.All(from is null ? sources : [], source => Assert.True(Path.Exists(RepositoryRoot.Combine(source)), source));
            copied.AddRange(sources);
        }

        Assert.All(
            Directory.GetFiles(RepositoryRoot.Combine("src"), "*.csproj", SearchOption.AllDirectories),
            project => Assert.Contains(Path.GetRelativePath(RepositoryRoot.Combine(), project), copied));

        // The last stage runs nothing as root, writes nowhere but to its volume, and can be asked how it is.
        (string Instruction, string Text)[] last = steps[(Array.FindLastIndex(steps, step => step.Instruction == "FROM") + 1)..];
        Assert.DoesNotContain(last, step => step.Instruction == "RUN");
        Assert.Equal("1654", last.Single(step => step.Instruction == "USER").Text);
        Assert.Equal("/data", last.Single(step => step.Instruction == "VOLUME").Text);
        Assert.Contains("\"health\"", last.Single(step => step.Instruction == "HEALTHCHECK").Text, StringComparison.Ordinal);
        Assert.DoesNotContain("latest", string.Concat(steps.Where(step => step.Instruction == "FROM").Select(step => step.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_mounts_what_there_is_and_gives_every_secret_that_a_configuration_asks_for()
    {
        YamlNode compose = Assert.Single(Yaml.ReadAll(Path.Combine(Compose, "compose.yaml")));
        string[] made = [.. File.ReadAllLines(Path.Combine(Compose, "prepare.sh")).Where(line => line.Contains("for name in ", StringComparison.Ordinal))
            .SelectMany(line => UpperName().Matches(line).Select(match => match.Value))];
        string[] volumes = [.. compose.Find("volumes").Members().Select(volume => volume.Key)];
        foreach ((string name, YamlNode service) in compose.Find("services").Members())
        {
            Assert.True(service.Find("image").Text() is { } image && (image == "edgeagent" || (image.Contains(':', StringComparison.Ordinal) && !image.EndsWith(":latest", StringComparison.Ordinal))), name);
            foreach (string source in service.Find("volumes").Items().Select(volume => volume.Text()!.Split(':')[0]))
            {
                bool isMade = source.StartsWith("./secrets/", StringComparison.Ordinal); // By prepare.sh; ComposeTests looks.
                Assert.True(isMade || volumes.Contains(source) || Path.Exists(Path.GetFullPath(source, Compose)), $"{name} mounts {source}");
            }

            Assert.All(
                service.Scalars().SelectMany(text => Variable().Matches(text).Select(match => match.Groups[1].Value)),
                variable => Assert.True(made.Contains(variable), $"{name} needs {variable}, which prepare.sh does not make"));
            Assert.All(
                service.Find("depends_on").Members().Select(m => m.Key).Concat(service.Find("depends_on").Items().Select(i => i.Text()!)),
                other => Assert.NotNull(compose.Find("services", other)));
        }

        foreach (string role in (string[])["hub", "agent"])
        {
            string[] given = [.. compose.Find("services", role, "environment").Members().Select(variable => variable.Key)];
            string config = File.ReadAllText(Path.Combine(Compose, "config", role + ".json"));
            Assert.All(Placeholder().Matches(config).Select(match => match.Groups[1].Value), wanted => Assert.Contains(wanted, given));
        }
    }

    [Fact]
    public async Task The_cluster_files_refer_to_one_another_and_their_configuration_is_right()
    {
        string folder = RepositoryRoot.Combine("deploy", "kubernetes");
        IReadOnlyList<YamlNode> objects = Yaml.ReadAll(Path.Combine(folder, "hub.yaml"));
        YamlNode Named(string kind) => objects.Single(o => o.Find("kind").Text() == kind);
        YamlNode pod = Named("Deployment").Find("spec", "template", "spec")!;
        YamlNode container = Assert.Single(pod.Find("containers").Items());
        Assert.Equal("true", container.Find("securityContext", "readOnlyRootFilesystem").Text());
        Assert.Equal("true", pod.Find("securityContext", "runAsNonRoot").Text());
        string[] volumes = [.. pod.Find("volumes").Items().Select(volume => volume.Find("name").Text()!)];
        Assert.All(container.Find("volumeMounts").Items(), mount => Assert.Contains(mount.Find("name").Text()!, volumes));
        Assert.Contains(objects, o => o.Find("metadata", "name").Text() == pod.Find("volumes").Items().Select(v => v.Find("persistentVolumeClaim", "claimName").Text()).First(n => n is not null));
        string app = Named("Deployment").Find("spec", "template", "metadata", "labels", "app").Text()!;
        Assert.Equal(app, Named("Deployment").Find("spec", "selector", "matchLabels", "app").Text());
        Assert.Equal(app, Named("Service").Find("spec", "selector", "app").Text());
        Assert.All(objects.Where(o => o.Find("kind").Text() != "Namespace"), o => Assert.Equal("edgeagent", o.Find("metadata", "namespace").Text()));

        // The secrets that the README makes are those that the values and the configuration use.
        string readme = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"));
        YamlNode values = Assert.Single(Yaml.ReadAll(Path.Combine(folder, "postgresql-values.yaml")));
        Assert.All(values.Find("auth", "secretKeys").Members().Select(m => m.Value.Text()!), key => Assert.Contains(key + "=", readme, StringComparison.Ordinal));
        Assert.NotNull(Assert.Single(Yaml.ReadAll(Path.Combine(folder, "emqx-values.yaml"))).Find("emqxConfig"));

        using var directory = new TempDirectory();
        foreach ((string name, YamlNode text) in Named("ConfigMap").Find("data").Members())
        {
            await File.WriteAllTextAsync(directory.File(name), text.Text());
        }

        string config = await File.ReadAllTextAsync(directory.File("edgeagent.json"));
        Assert.All(Placeholder().Matches(config).Select(match => match.Groups[1].Value), wanted => Assert.Contains(wanted + "=", readme, StringComparison.Ordinal));
        await CheckAsync(directory.File("edgeagent.json"), new Dictionary<string, string> { ["POSTGRES_PASSWORD"] = "p", ["MQTT_HUB_PASSWORD"] = "p" });
    }

    internal static async Task CheckAsync(string config, IReadOnlyDictionary<string, string> environment)
    {
        await using PartnerProcess check = PartnerProcess.Start(BuiltProgram.Path, ["check", config], environment: environment);
        await check.WaitForExitAsync(TimeSpan.FromSeconds(60));
        Assert.True(check.ExitCode == 0, check.Output);
    }

    [GeneratedRegex(@" AS (\w+)$")]
    private static partial Regex StageName();

    [GeneratedRegex("[A-Z][A-Z_]+[A-Z]")]
    private static partial Regex UpperName();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{env:([A-Z_]+)\}")]
    private static partial Regex Placeholder();
}
