using System.Text.RegularExpressions;
using EdgeAgent.Web;

namespace EdgeAgent.Tests.Web;

/// <summary>The same metrics as OpenMetrics, to whoever prefers that.</summary>
public sealed partial class OpenMetricsTests
{
    /// <summary>As Prometheus 3 sends it.</summary>
    private const string Prometheus =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,"
        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", false)]
    [InlineData("nonsense;;;,", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text; version=1.0.0; charset=utf-8", true)]
    [InlineData("application/openmetrics-text; version=2.0.0, text/plain; q=0.5", false)]
    [InlineData("application/openmetrics-text; q=0, text/plain", false)]
    [InlineData("application/openmetrics-text; q=0.2, text/plain; q=0.9", false)]
    [InlineData(Prometheus, true)]
    public async Task The_format_is_the_one_that_was_asked_for(string? accept, bool open)
    {
        await using WebServer server = await WebServer.StartAsync(new FixedStatus());
        using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        HttpResponseMessage answer = await server.Client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(open ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("Accept", answer.Headers.Vary.Single());
        Assert.Equal(open, text.EndsWith("\n# EOF\n", StringComparison.Ordinal));
        Assert.Contains("edgeagent_readings_due_total{endpoint=\"line-1\",device=\"press-01\"} 50\n", text);
        Assert.Contains(open ? "# TYPE edgeagent_readings_due counter\n" : "# TYPE edgeagent_readings_due_total counter\n", text);
    }

    /// <summary>Every line by the grammar of OpenMetrics 1.0.0, and samples of a family together after its header.</summary>
    [Fact]
    public void Every_line_is_one_of_the_specification()
    {
        string[] lines = MetricsPage.Write(FixedStatus.AllInOne, new FixedStatus().Devices, openMetrics: true).Split('\n');
        Assert.Equal(["# EOF", ""], lines[^2..]);
        string family = "", type = "";
        HashSet<string> families = [];
        foreach (string line in lines[..^2])
        {
            if (Header().Match(line) is { Success: true } header)
            {
                if (header.Groups["kind"].Value == "TYPE")
                {
                    (family, type) = (header.Groups["name"].Value, header.Groups["text"].Value);
                    Assert.True(families.Add(family), $"{family} has begun before");
                    Assert.True(type is "counter" or "gauge", line);
                    Assert.False(type == "counter" && family.EndsWith("_total", StringComparison.Ordinal), line);
                }

                continue;
            }

            Match sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            Assert.Equal(type == "counter" ? family + "_total" : family, sample.Groups["name"].Value);
        }

        Assert.True(families.Count > 30);
    }

    [Fact]
    public void A_quote_in_a_help_text_is_escaped() =>
        Assert.Equal("# HELP m say \\\"x\\\"\n# TYPE m counter\nm_total 1\n# EOF\n", new PrometheusText(openMetrics: true).Counter("m_total", "say \"x\"").Sample(1).ToString());

    [GeneratedRegex("""^# (?<kind>TYPE|HELP|UNIT) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<text>([^"\\\n]|\\["\\n])*)$""")]
    private static partial Regex Header();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,(?=[a-z])|(?=\})))*\})? (-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?|[-+]Inf|NaN)$""")]
    private static partial Regex Sample();
}
