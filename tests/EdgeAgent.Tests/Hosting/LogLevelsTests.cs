using EdgeAgent.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeAgent.Tests.Hosting;

public sealed class LogLevelsTests
{
    [Fact]
    public void A_device_has_a_level_of_its_own_and_its_namesakes_do_not()
    {
        LogLevels levels = new();
        levels.Set(LogLevel.Information, new Dictionary<string, LogLevel> { ["press-1"] = LogLevel.Debug });

        Assert.True(levels.IsEnabled("EdgeAgent.Device.press-1", LogLevel.Debug));
        Assert.False(levels.IsEnabled("EdgeAgent.Device.press-10", LogLevel.Debug));
        Assert.False(levels.IsEnabled("EdgeAgent.Host", LogLevel.Debug));
        Assert.True(levels.IsEnabled("EdgeAgent.Host", LogLevel.Information));
    }

    [Theory]
    [InlineData(LogLevel.Information, LogLevel.Information, false)]
    [InlineData(LogLevel.Information, LogLevel.Warning, true)]
    [InlineData(LogLevel.Debug, LogLevel.Debug, true)]
    [InlineData(LogLevel.Error, LogLevel.Warning, false)]
    public void Frameworks_are_quiet_unless_everything_is_wanted(LogLevel all, LogLevel line, bool enabled)
    {
        LogLevels levels = new();
        levels.Set(all, new Dictionary<string, LogLevel>());

        Assert.Equal(enabled, levels.IsEnabled("Microsoft.Hosting.Lifetime", line));
    }
}
