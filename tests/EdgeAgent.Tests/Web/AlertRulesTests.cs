using System.Text.RegularExpressions;
using EdgeAgent.TestKit;
using EdgeAgent.Web;
using YamlDotNet.RepresentationModel;

namespace EdgeAgent.Tests.Web;

/// <summary>The alert rules ask for metrics that there are.</summary>
public sealed partial class AlertRulesTests
{
    [Fact]
    public void Every_metric_that_a_rule_names_is_on_the_page_and_every_alert_says_what_to_do()
    {
        string page = MetricsPage.Write(
            FixedStatus.AllInOne with { Agent = FixedStatus.AllInOne.Agent! with { Lines = [new LineView("line", "/dev/ttyUSB0", 1, 0.5)] } }, [FixedStatus.Press]);
        HashSet<string> known = [.. Name().Matches(page).Select(match => match.Value)];
        var stream = new YamlStream();
        using var text = new StringReader(File.ReadAllText(RepositoryRoot.Combine("deploy", "prometheus", "edgeagent.rules.yaml")));
        stream.Load(text);
        List<YamlMappingNode> rules = [.. stream.Documents[0].RootNode["groups"].AllNodes.OfType<YamlMappingNode>().Where(node => node.Children.ContainsKey("alert"))];

        Assert.True(rules.Count >= 15, $"{rules.Count} rules");
        Assert.Equal(rules.Count, rules.Select(rule => rule["alert"].ToString()).Distinct().Count());
        foreach (YamlMappingNode rule in rules)
        {
            string expression = rule["expr"].ToString();
            string[] named = [.. Name().Matches(expression).Select(match => match.Value)];
            Assert.True(named.Length > 0 || expression.StartsWith("up{", StringComparison.Ordinal), expression);
            Assert.All(named, name => Assert.True(known.Contains(name), $"{rule["alert"]}: there is no metric {name}"));
            Assert.NotEmpty(rule["annotations"]["summary"].ToString());
            Assert.NotEmpty(rule["annotations"]["action"].ToString());
            Assert.Contains(rule["labels"]["severity"].ToString(), (string[])["info", "warning", "critical"]);
        }
    }

    [GeneratedRegex("edgeagent_[a-z0-9_]+")]
    private static partial Regex Name();
}
