using System.Text;
using EdgeAgent.Collector.Drivers;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAgent.Collector.Tests.Drivers.Http;

/// <summary>Compiles an endpoint of a driver over HTTP and reads it once.</summary>
internal static class HttpFixture
{
    public static (IEndpointPlan? Plan, ConfigErrors Errors) Compile(string driver, string settings, params DeviceConfig[] devices)
    {
        var errors = new ConfigErrors();
        Assert.True(DriverRegistry.CreateDefault().TryGet(driver, out IDriverFactory? factory));
        var endpoint = new EndpointConfig { Name = "e", Driver = driver, Settings = DriverAgent.Json(settings), Devices = devices };
        return (factory.Compile(endpoint, ConfigPath.Root, errors), errors);
    }

    /// <summary>One group a device, with all of its tags.</summary>
    public static IPolledEndpoint Open(string driver, string settings, params DeviceConfig[] devices)
    {
        (IEndpointPlan? plan, ConfigErrors errors) = Compile(driver, settings, devices);
        Assert.Empty(errors);
        int next = 0;
        ScanGroup[] groups = [.. devices.Select((device, i) => new ScanGroup(i, i, 1000, [.. device.Tags.Select(_ => next++)]))];
        return ((IPolledEndpointPlan)plan!).Open(new EndpointServices(groups, TimeProvider.System, NullLoggerFactory.Instance), null);
    }

    public static async Task<(ScanOutcome Outcome, Dictionary<int, string> Values, ReadingBatch Batch)> ScanAsync(IPolledEndpoint endpoint, int group = 0, int probeMs = 0)
    {
        var batch = new ReadingBatch();
        ScanOutcome outcome = await endpoint.ScanAsync(new ScanRequest(group, probeMs), batch, default);
        return (outcome, batch.Readings.ToArray().ToDictionary(r => r.TagId, r => Print(batch, r)), batch);
    }

    private static string Print(ReadingBatch batch, in Reading reading) => reading.Quality.IsBad ? reading.Quality.ToString() : reading.Kind switch
    {
        ValueKind.Boolean => reading.AsBoolean ? "true" : "false",
        ValueKind.Int64 => reading.AsInt64.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.UInt64 => reading.AsUInt64.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ValueKind.Text => Encoding.UTF8.GetString(batch.BytesOf(reading)),
        _ => reading.ToDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
    } + (reading.Quality.IsGood ? "" : " " + reading.Quality);
}
