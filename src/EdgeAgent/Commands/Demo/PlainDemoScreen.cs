using System.Globalization;

namespace EdgeAgent.Commands.Demo;

/// <summary>One line every few seconds, for logs and pipes.</summary>
internal sealed class PlainDemoScreen(TextWriter output) : IDemoScreen
{
    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public void Show(DemoMoment moment) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"SIMULATED {moment.Running:mm\\:ss}  online {moment.Online}/{moment.Devices}  stored {moment.Stored:#,0} ({moment.StoredPerSecond:#,0}/s)  "
        + $"lag {LagText(moment.Lag)}  networking {moment.NetworkingRate}  digitalization {moment.DigitalizationRate}  API {moment.ApiAddress}"));

    public void Close()
    {
    }

    internal static string LagText(TimeSpan? lag) =>
        lag is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalMilliseconds:#,0} ms") : "-";
}
