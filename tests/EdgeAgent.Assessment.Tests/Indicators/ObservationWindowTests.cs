using EdgeAgent.Assessment.Indicators;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Assessment.Tests.Indicators;

public sealed class ObservationWindowTests
{
    [Theory]
    [InlineData("2025-11-20T00:00:00+08:00")]
    [InlineData("2025-11-19T16:00:00+00:00")]
    [InlineData("2025-11-20T23:59:59.9999999+08:00")]
    [InlineData("2025-11-20T15:30:00+00:00")]
    public void Days_end_at_the_last_midnight_in_shanghai(string asOf)
    {
        ObservationWindow window = ObservationWindow.Ending(DateTimeOffset.Parse(asOf, System.Globalization.CultureInfo.InvariantCulture), WindowLength.OfDays(7));
        Assert.Equal(new DateTimeOffset(2025, 11, 13, 0, 0, 0, TimeSpan.FromHours(8)), window.From);
        Assert.Equal(new DateTimeOffset(2025, 11, 20, 0, 0, 0, TimeSpan.FromHours(8)), window.To);
        Assert.Equal(168, window.ToHour - window.FromHour);
        Assert.Equal(TimeSpan.FromHours(8), window.AsOf.Offset);
    }

    [Fact]
    public void A_tick_before_midnight_belongs_to_the_day_before() =>
        Assert.Equal(new DateTimeOffset(2025, 11, 19, 0, 0, 0, TimeSpan.FromHours(8)), ObservationWindow.Ending(Scene.AsOf.AddTicks(-1), WindowLength.OfDays(1)).To);

    [Fact]
    public void Minutes_are_widened_to_hours()
    {
        DateTimeOffset asOf = new(2025, 11, 20, 10, 5, 0, TimeSpan.FromHours(8));
        ObservationWindow window = ObservationWindow.Ending(asOf, WindowLength.OfMinutes(10));
        Assert.Equal((2, asOf), (window.ToHour - window.FromHour, window.To));
        Assert.Equal(5, window.BeforeEnd(window.ToHour - 1, 60));
        Assert.Equal(60, window.BeforeEnd(window.FromHour, 60));

        ObservationWindow onTheHour = ObservationWindow.Ending(asOf.AddMinutes(-5), WindowLength.OfMinutes(60));
        Assert.Equal(1, onTheHour.ToHour - onTheHour.FromHour);
    }

    [Fact]
    public void Hours_belong_to_the_day_in_shanghai()
    {
        DateOnly day = new(2025, 11, 20);
        int first = ShanghaiTime.FirstHourOf(day);
        Assert.Equal(UnixTicks.HourOf(UnixTicks.From(new DateTimeOffset(2025, 11, 19, 16, 0, 0, TimeSpan.Zero))), first);
        Assert.Equal(day, ShanghaiTime.DayOf(first));
        Assert.Equal(day, ShanghaiTime.DayOf(first + 23));
        Assert.Equal(day.AddDays(-1), ShanghaiTime.DayOf(first - 1));
        Assert.Equal(new DateOnly(1969, 12, 31), ShanghaiTime.DayOf(-9));
    }

    [Fact]
    public async Task An_hour_on_either_side_of_midnight_does_not_count()
    {
        Scene scene = new Scene().Asset("A").Observed("A").Observed("A", Scene.WindowFrom - 1, Scene.WindowFrom, good: 0).Observed("A", Scene.WindowTo, Scene.WindowTo + 1, good: 0);
        DeviceResult device = await scene.AssessOneAsync();
        Assert.Equal((168 * 60, 168 * 60), (device.Good, device.Expected));
        Assert.Equal(new DateTimeOffset(2025, 11, 19, 23, 0, 0, TimeSpan.FromHours(8)), device.LastGoodHour);
    }

    [Theory]
    [InlineData("7d", 7, 0)]
    [InlineData("12h", 0, 720)]
    [InlineData("10m", 0, 10)]
    public void Lengths_are_read(string text, int days, int minutes)
    {
        Assert.True(WindowLength.TryParse(text, out WindowLength length));
        Assert.Equal((days, minutes), (length.Days, length.Minutes));
        Assert.Equal(text, length.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("367d")]
    [InlineData("7w")]
    [InlineData("99999999999d")]
    public void Other_lengths_are_not(string text) => Assert.False(WindowLength.TryParse(text, out _));

    [Fact]
    public async Task A_report_is_provisional_until_late_readings_cannot_come_any_more()
    {
        Scene scene = new Scene().Asset("A").Observed("A");
        scene.Now = Scene.AsOf.AddHours(24).AddTicks(-1);
        Assert.True((await scene.AssessAsync()).Provisional);
        scene.Now = Scene.AsOf.AddHours(24);
        Assert.False((await scene.AssessAsync()).Provisional);
    }

    [Fact]
    public async Task The_future_cannot_be_assessed() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new Scene { Now = Scene.AsOf }.AssessAsync(Scene.AsOf.AddTicks(1)));

    [Fact]
    public async Task Another_window_than_the_packs_is_told()
    {
        CoverageReport report = await new Scene().Asset("A").Observed("A").AssessAsync(window: WindowLength.OfDays(3));
        Assert.True(report.Networking.N == 1 && report.RulePack.WindowIsOverride);
        Assert.Contains(report.Blockers, b => b.Contains("3d", StringComparison.Ordinal));
        Assert.Equal(3, report.Devices[0].RequiredDays);
    }

    [Fact]
    public async Task A_window_shorter_than_the_least_observation_makes_no_old_device_pending() =>
        Assert.Equal(1, (await new Scene().Asset("A").Observed("A", Scene.WindowFrom).AssessAsync(window: WindowLength.OfDays(1))).Networking.N);

    [Fact]
    public async Task Holidays_and_working_weekends_are_data()
    {
        Scene scene = new Scene().Asset("A").Observed("A", Scene.WindowFrom, Scene.Hour(15), good: 60).Observed("A", Scene.Hour(15), good: 0);
        Assert.Equal(5, (await scene.AssessOneAsync()).RequiredDays);
        DateOnly[] free = [new(2025, 11, 17), new(2025, 11, 18), new(2025, 11, 19), new(2025, 11, 13)];
        Assert.Equal(1, (await scene.Rules(p => p with { Holidays = free }).AssessOneAsync()).RequiredDays);
        Assert.Equal(2, (await scene.Rules(p => p with { WorkingWeekends = [new(2025, 11, 15)] }).AssessOneAsync()).RequiredDays);
    }
}
