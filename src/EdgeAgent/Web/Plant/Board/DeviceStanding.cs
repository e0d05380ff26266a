using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Plant.Board;

/// <summary>How a device stands for somebody who looks from afar. In words on the wire, in lower case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeviceStanding>))]
internal enum DeviceStanding
{
    /// <summary>Good readings come as often as they should.</summary>
    [JsonStringEnumMemberName("online")]
    Online,

    /// <summary>The agent tells of it, and nothing it tells is good.</summary>
    [JsonStringEnumMemberName("bad")]
    Bad,

    /// <summary>Nothing is told of it any more.</summary>
    [JsonStringEnumMemberName("stale")]
    Stale,

    /// <summary>Nothing was ever told of it.</summary>
    [JsonStringEnumMemberName("never")]
    Never,
}

/// <summary>The rule by which a device stands as it does.</summary>
internal static class StandingRule
{
    /// <summary>Periods without news after which a device is not online any more, and the least time for that: batches are under way for a while.</summary>
    private const int PeriodsMax = 3;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(15);

    public static DeviceStanding Of(BoardDevice device, long nowTicks)
    {
        long limit = Math.Max(Least.Ticks, PeriodsMax * TimeSpan.FromMilliseconds(device.PeriodMs).Ticks);
        return device.HeardTicks == 0 ? DeviceStanding.Never
            : nowTicks - device.GoodTicks <= limit ? DeviceStanding.Online
            : nowTicks - device.HeardTicks <= limit ? DeviceStanding.Bad
            : DeviceStanding.Stale;
    }
}
