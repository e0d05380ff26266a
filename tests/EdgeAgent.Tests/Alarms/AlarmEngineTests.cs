using EdgeAgent.Alarms;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Tests.Web.Plant;
using EdgeAgent.Web.Api;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Tests.Alarms;

public sealed class AlarmEngineTests
{
    [Fact]
    public void A_limit_is_raised_above_it_and_over_only_when_the_value_has_come_back_by_the_hysteresis()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit);
        alarms.Commit(80);
        alarms.Commit(79);
        Assert.Empty(alarms.Engine.Open);

        alarms.Commit(80.5);
        Assert.Equal((80.5, 80), (alarms.Single.Value, alarms.Single.Limit));
        alarms.Commit(77);
        Assert.True(alarms.Single.IsActive);
        alarms.Commit(75);
        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void A_value_that_came_back_from_one_limit_is_not_held_against_the_other_one()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit with { High = 100, Low = 10, Hysteresis = 20 });
        alarms.Commit(101);
        alarms.Commit(81);
        Assert.True(alarms.Single.IsActive);
        alarms.Commit(25); // Within 20 of the low limit, which it never passed.
        Assert.False(alarms.Single.IsActive);

        alarms.Commit(5);
        Assert.Equal(2, alarms.Engine.Open.Count);
        alarms.Commit(29);
        Assert.Contains(alarms.Engine.Open, alarm => alarm.IsActive);
        alarms.Commit(85);
        Assert.DoesNotContain(alarms.Engine.Open, alarm => alarm.IsActive);
    }

    [Fact]
    public void What_the_disk_did_not_take_is_raised_and_cleared_when_it_does()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit);
        alarms.Commit(50);
        alarms.Run("ALTER TABLE alarms RENAME TO away");
        Assert.Throws<SqliteException>(() => alarms.Commit(90));
        alarms.Run("ALTER TABLE away RENAME TO alarms");
        alarms.Step();
        Assert.True(alarms.Single.IsActive);

        alarms.Run("ALTER TABLE alarms RENAME TO away");
        Assert.Throws<SqliteException>(() => alarms.Commit(50));
        alarms.Run("ALTER TABLE away RENAME TO alarms");
        alarms.Step();
        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void An_alarm_whose_rule_went_while_nobody_ran_ends_when_devices_have_had_their_time_to_come_back()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit);
        alarms.Commit(90);
        alarms.Restart(new AlarmSettings());
        alarms.Step();
        Assert.True(alarms.Single.IsActive);

        alarms.Step(TimeSpan.FromMinutes(5).TotalSeconds);
        alarms.Step();
        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void A_value_that_flaps_around_the_limit_raises_one_alarm_where_delays_say_so()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit with { OnDelaySeconds = 3, OffDelaySeconds = 10, Hysteresis = 0 });
        for (int i = 0; i < 10; i++)
        {
            alarms.Commit(81);
            alarms.Commit(79); // Never three seconds above.
        }

        Assert.Empty(alarms.Engine.Open);
        for (int i = 0; i < 6; i++)
        {
            alarms.Commit(81);
        }

        Assert.True(alarms.Single.IsActive);
        for (int i = 0; i < 20; i++)
        {
            alarms.Commit(79, 2);
            alarms.Commit(81, 2); // Never ten seconds below.
        }

        Assert.True(alarms.Single.IsActive);
        for (int i = 0; i < 12; i++)
        {
            alarms.Commit(79);
        }

        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void A_value_that_stays_too_high_and_is_not_sent_again_is_raised_by_time_alone()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit with { OnDelaySeconds = 30 });
        alarms.Commit(90);
        for (int i = 0; i < 40; i++)
        {
            alarms.Plant.CommitFiltered(0);
            alarms.Step();
        }

        Assert.True(alarms.Single.IsActive);
    }

    [Fact]
    public void A_bad_reading_neither_raises_nor_clears()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit);
        alarms.Commit(90);
        alarms.Plant.CommitBad(0, 0);
        alarms.Step();

        Assert.True(alarms.Single.IsActive);
    }

    [Fact]
    public void A_restart_keeps_what_stands_and_a_value_that_came_back_meanwhile_ends_it()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit);
        alarms.Commit(90);
        long id = alarms.Single.Id;

        alarms.Restart();
        alarms.Step();
        Assert.Equal((id, true), (alarms.Single.Id, alarms.Single.IsActive));
        alarms.Commit(20);
        Assert.Equal((id, false), (alarms.Single.Id, alarms.Single.IsActive));
    }

    [Fact]
    public void Acknowledging_is_kept_with_who_and_why_and_is_done_once()
    {
        using AlarmFixture alarms = new(null, AlarmFixture.Limit);
        alarms.Commit(90);
        long id = alarms.Single.Id;
        alarms.Engine.Acknowledge(id, "王工", "阀门已关");
        Assert.True(alarms.Single.IsOpen);
        alarms.Commit(20);
        Assert.Empty(alarms.Engine.Open);

        alarms.Restart();
        AlarmRecord kept = alarms.Engine.History.Find(id)!;
        Assert.Equal(("王工", "阀门已关"), (kept.AcknowledgedBy, kept.Comment));
        Assert.Equal(409, Assert.Throws<ApiProblem>(() => alarms.Engine.Acknowledge(id, "李工", "")).Status);
        Assert.Equal(404, Assert.Throws<ApiProblem>(() => alarms.Engine.Acknowledge(id + 1, "李工", "")).Status);
    }

    [Fact]
    public void A_change_that_is_too_fast_is_raised_and_over_when_the_value_stands_still()
    {
        using AlarmFixture alarms = new(null, new AlarmRule { Id = "r", Name = "升温快", Kind = AlarmKind.Rate, Tag = "t0", PerMinute = 30, Seconds = 10 });
        for (int i = 0; i <= 20; i++)
        {
            alarms.Commit(i * 0.4); // 24 a minute.
        }

        Assert.Empty(alarms.Engine.Open);
        for (int i = 0; i <= 20; i++)
        {
            alarms.Commit(8 + (i * 0.8)); // 48 a minute.
        }

        Assert.Equal(30, alarms.Single.Limit);
        for (int i = 0; i < 25; i++)
        {
            alarms.Plant.CommitFiltered(0);
            alarms.Step();
        }

        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void A_silent_device_is_raised_after_its_time_and_a_clock_that_jumps_silences_nobody()
    {
        using AlarmFixture alarms = new(null, new AlarmRule { Id = "s", Name = "静默", Kind = AlarmKind.Silence, Seconds = 60 });
        alarms.Commit(1);
        alarms.Plant.Time.JumpWallClock(TimeSpan.FromDays(1));
        alarms.Step();
        Assert.Empty(alarms.Engine.Open);

        alarms.Plant.Time.JumpWallClock(TimeSpan.FromDays(-2));
        for (int i = 0; i < 70; i++)
        {
            alarms.Step();
        }

        Assert.True(alarms.Single.IsActive);
        alarms.Plant.Time.JumpWallClock(TimeSpan.FromDays(1));
        alarms.Commit(2);
        alarms.Step();
        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void A_tag_that_is_bad_is_silent_though_its_device_is_not()
    {
        using AlarmFixture alarms = new(null, new AlarmRule { Id = "s", Name = "静默", Kind = AlarmKind.Silence, Seconds = 10, Tag = "t0" });
        alarms.Plant.CommitBad(0, 0);
        for (int i = 0; i < 15; i++)
        {
            alarms.Plant.Commit(0, 1, i);
            alarms.Step();
        }

        Assert.Equal("t0", alarms.Single.Tag);
    }

    [Fact]
    public void A_device_that_is_offline_is_raised_one_alarm_each_also_when_it_was_never_heard_of()
    {
        using BoardPlant plant = new(devices: 2);
        using AlarmFixture alarms = new(plant, new AlarmRule { Id = "o", Name = "离线", Kind = AlarmKind.Offline, OnDelaySeconds = 5 });
        for (int i = 0; i < 10; i++)
        {
            alarms.Commit(i);
        }

        Assert.Equal("d1", alarms.Single.Device);
        for (int i = 0; i < 25; i++)
        {
            alarms.Step();
        }

        Assert.Equal(["d0", "d1"], alarms.Engine.Open.Select(a => a.Device).Order());
    }

    [Fact]
    public void A_buffer_that_grows_old_and_a_rule_that_is_deleted()
    {
        using AlarmFixture alarms = new(null, new AlarmRule { Id = "b", Name = "积压", Kind = AlarmKind.Buffer, Seconds = 300 });
        long began = UnixTicks.Now(alarms.Plant.Time);
        alarms.Plant.Time.Advance(TimeSpan.FromSeconds(301));
        alarms.Plant.State.Watch.Told(BoardPlant.Agent, new AgentStatus(true, "1", Guid.Empty, 0) { Health = alarms.Plant.Health(oldestTicks: began) });
        alarms.Step();
        Assert.Equal(("gw-01", AlarmKind.Buffer), (alarms.Single.Agent, alarms.Single.Kind));

        alarms.Engine.Change(new AlarmSettings());
        alarms.Step();
        Assert.False(alarms.Single.IsActive);
    }

    [Fact]
    public void A_new_rule_looks_at_the_value_that_stands()
    {
        using AlarmFixture alarms = new(null);
        alarms.Commit(95);
        alarms.Engine.Change(new AlarmSettings { Rules = [AlarmFixture.Limit] });
        alarms.Step();

        Assert.True(alarms.Single.IsActive);
    }

    [Theory]
    [InlineData("*", "press-01", true)]
    [InlineData("press-*", "press-01", true)]
    [InlineData("*-01", "press-01", true)]
    [InlineData("p*s*1", "press-01", true)]
    [InlineData("press", "press-01", false)]
    [InlineData("press-01", "press-01", true)]
    [InlineData("", "x", false)]
    [InlineData("a*b*c", "a-b", false)]
    public void Names_with_stars(string pattern, string name, bool fits) => Assert.Equal(fits, NamePattern.Fits(pattern, name));
}
