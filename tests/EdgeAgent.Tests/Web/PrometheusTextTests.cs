using EdgeAgent.Web;

namespace EdgeAgent.Tests.Web;

public sealed class PrometheusTextTests
{
    [Fact]
    public void A_metric_is_its_header_and_its_samples()
    {
        string text = new PrometheusText()
            .Counter("edgeagent_readings_good_total", "Good readings.")
            .Sample(3, ("device", "press-01"))
            .Sample(4.5, ("device", "press-02"), ("endpoint", "line-1"))
            .Gauge("edgeagent_up", "Up.")
            .Sample(1)
            .ToString();

        Assert.Equal(
            """
            # HELP edgeagent_readings_good_total Good readings.
            # TYPE edgeagent_readings_good_total counter
            edgeagent_readings_good_total{device="press-01"} 3
            edgeagent_readings_good_total{device="press-02",endpoint="line-1"} 4.5
            # HELP edgeagent_up Up.
            # TYPE edgeagent_up gauge
            edgeagent_up 1

            """,
            text);
    }

    [Fact]
    public void Label_values_and_help_are_escaped()
    {
        string text = new PrometheusText().Gauge("m", "a\\b\nc").Sample(double.PositiveInfinity, ("l", "\"x\"\\\n")).ToString();

        Assert.Contains(@"# HELP m a\\b\nc", text);
        Assert.Contains("m{l=\"\\\"x\\\"\\\\\\n\"} +Inf", text);
    }

    [Fact]
    public void A_metric_without_samples_is_left_out() =>
        Assert.Equal("", new PrometheusText().Counter("edgeagent_nothing_total", "Nothing.").ToString());
}
