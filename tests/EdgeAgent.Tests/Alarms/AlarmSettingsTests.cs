using EdgeAgent.Alarms;

namespace EdgeAgent.Tests.Alarms;

public sealed class AlarmSettingsTests
{
    [Fact]
    public void Every_wrong_field_is_told_at_once_by_its_path()
    {
        AlarmSettings settings = new()
        {
            Rules =
            [
                new AlarmRule { Id = "a b", Name = "", Kind = AlarmKind.Limit, Tag = "t", High = 1, Low = 2 },
                new AlarmRule { Id = "r", Name = "r", Kind = AlarmKind.Silence, OnDelaySeconds = -1, Notify = ["nobody"] },
                new AlarmRule { Id = "r", Name = "r", Kind = AlarmKind.Rate, Tag = "t", PerMinute = 0 },
            ],
            Channels =
            [
                new AlarmChannel { Name = "d", Kind = ChannelKind.DingTalk, Url = "ftp://x" },
                new AlarmChannel { Name = "m", Kind = ChannelKind.Mail, Mail = new MailChannel { Host = "h", From = "nobody", To = [], User = "u", Security = "none" } },
            ],
        };

        Assert.Equal(
            [
                "channels[0].url", "channels[1].mail.from", "channels[1].mail.security", "channels[1].mail.to", "rules[0].id", "rules[0].low", "rules[0].hysteresis", "rules[0].name",
                "rules[1].notify", "rules[1].onDelaySeconds", "rules[1].seconds", "rules[2].id", "rules[2].perMinute",
            ],
            AlarmSettingsCheck.Check(settings).Keys.Order(StringComparer.Ordinal).OrderBy(k => k.Replace("low", "id1", StringComparison.Ordinal).Replace("hysteresis", "id2", StringComparison.Ordinal), StringComparer.Ordinal));
    }

    [Fact]
    public void Secrets_are_shown_as_stars_and_stars_keep_them()
    {
        AlarmSettings settings = new()
        {
            Channels =
            [
                new AlarmChannel { Name = "d", Kind = ChannelKind.DingTalk, Url = "https://x", Secret = "SEC1" },
                new AlarmChannel { Name = "m", Kind = ChannelKind.Mail, Mail = new MailChannel { Host = "h", From = "a@b.cn", To = ["c@d.cn"], User = "u", Password = "pw" } },
            ],
        };
        AlarmSettings shown = settings.Masked();

        Assert.Equal((AlarmSettings.Stars, AlarmSettings.Stars), (shown.Channels[0].Secret, shown.Channels[1].Mail!.Password));
        AlarmSettings saved = shown.WithSecretsOf(settings);
        Assert.Equal(("SEC1", "pw"), (saved.Channels[0].Secret, saved.Channels[1].Mail!.Password));
    }
}
