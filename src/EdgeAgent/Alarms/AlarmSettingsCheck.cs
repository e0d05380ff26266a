using System.Net.Mail;
using EdgeAgent.Web.Api;

namespace EdgeAgent.Alarms;

/// <summary>Checks settings before they are taken: every field that is wrong, at once, by its path.</summary>
internal static class AlarmSettingsCheck
{
    private const int RulesMax = 1000;
    private const int ChannelsMax = 50;
    private const double DelaySecondsMax = 7 * 24 * 3600;

    /// <returns>Problems by field, for instance <c>rules[0].high</c>; empty when all is well.</returns>
    public static IReadOnlyDictionary<string, ApiText[]> Check(AlarmSettings settings)
    {
        Findings found = new();
        found.When(settings.Rules.Count > RulesMax, "rules", $"最多 {RulesMax} 条规则", $"at most {RulesMax} rules");
        found.When(settings.Channels.Count > ChannelsMax, "channels", $"最多 {ChannelsMax} 个通知渠道", $"at most {ChannelsMax} channels");
        for (int i = 0; i < settings.Rules.Count; i++)
        {
            AlarmRule rule = settings.Rules[i];
            string at = $"rules[{i}].";
            found.When(!IsName(rule.Id), at + "id", "只能用字母、数字和 - _ .，1 到 64 个字符", "letters, digits, '-', '_' and '.', 1 to 64 of them");
            found.When(settings.Rules.Take(i).Any(r => r.Id == rule.Id), at + "id", "与前面的规则重复", "another rule has it");
            found.When(string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > 100, at + "name", "请填写名称，最多 100 个字符", "a name of at most 100 characters");
            CheckKind(found, rule, at);
            found.When(!IsDelay(rule.OnDelaySeconds), at + "onDelaySeconds", "0 到 604800 秒", "0 to 604800 seconds");
            found.When(!IsDelay(rule.OffDelaySeconds), at + "offDelaySeconds", "0 到 604800 秒", "0 to 604800 seconds");
            found.When(rule.Notify.FirstOrDefault(n => settings.Channels.All(c => c.Name != n)) is not null, at + "notify", "没有这个通知渠道", "there is no such channel");
        }

        for (int i = 0; i < settings.Channels.Count; i++)
        {
            CheckChannel(found, settings, i);
        }

        return found.ByField;
    }

    public static bool IsUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";

    private static void CheckKind(Findings found, AlarmRule rule, string at)
    {
        switch (rule.Kind)
        {
            case AlarmKind.Limit:
                found.When(rule.High is null && rule.Low is null, at + "high", "上限和下限至少填一个", "a high or a low limit");
                found.When(rule.Low >= rule.High, at + "low", "下限应低于上限", "must lie below the high limit");
                found.When(rule.Hysteresis < 0 || !double.IsFinite(rule.Hysteresis) || rule.High - rule.Low <= rule.Hysteresis, at + "hysteresis", "不小于 0，且小于上下限之差", "at least 0, and less than lies between the limits");
                found.When(rule.Tag.Length == 0, at + "tag", "请填写测点", "which tag");
                break;
            case AlarmKind.Rate:
                found.When(rule.PerMinute is not > 0, at + "perMinute", "应大于 0", "must be more than 0");
                found.When(rule.Seconds is { } window && window is not (> 0 and <= 3600), at + "seconds", "0 到 3600 秒", "more than 0 and at most 3600 seconds");
                found.When(rule.Tag.Length == 0, at + "tag", "请填写测点", "which tag");
                break;
            case AlarmKind.Silence or AlarmKind.Buffer or AlarmKind.Store:
                found.When(rule.Seconds is not > 0 || !IsDelay(rule.Seconds.Value), at + "seconds", "应大于 0，最多 604800 秒", "more than 0, at most 604800 seconds");
                break;
        }
    }

    private static void CheckChannel(Findings found, AlarmSettings settings, int i)
    {
        AlarmChannel channel = settings.Channels[i];
        string at = $"channels[{i}].";
        found.When(string.IsNullOrWhiteSpace(channel.Name) || channel.Name.Length > 64, at + "name", "请填写名称，最多 64 个字符", "a name of at most 64 characters");
        found.When(settings.Channels.Take(i).Any(c => c.Name == channel.Name), at + "name", "与前面的渠道重复", "another channel has it");
        found.When(channel.Language is not ("zh" or "en"), at + "language", "zh 或 en", "zh or en");
        if (channel.Kind != ChannelKind.Mail)
        {
            found.When(!IsUrl(channel.Url), at + "url", "应为 http:// 或 https:// 开头的地址", "an address that begins with http:// or https://");
            return;
        }

        if (channel.Mail is not { } mail)
        {
            found.When(true, at + "mail", "请填写邮件服务器", "which mail server");
            return;
        }

        found.When(string.IsNullOrWhiteSpace(mail.Host), at + "mail.host", "请填写邮件服务器", "which mail server");
        found.When(mail.Port is < 1 or > 65535, at + "mail.port", "1 到 65535", "1 to 65535");
        found.When(mail.Security is not ("starttls" or "tls" or "none"), at + "mail.security", "starttls、tls 或 none", "starttls, tls or none");
        found.When(mail.User.Length > 0 && mail.Security == "none", at + "mail.security", "有密码时必须加密", "a password needs encryption");
        found.When(!MailAddress.TryCreate(mail.From, out _), at + "mail.from", "不是邮件地址", "not a mail address");
        found.When(mail.To.Count is 0 or > 50 || mail.To.Any(to => !MailAddress.TryCreate(to, out _)), at + "mail.to", "1 到 50 个邮件地址", "1 to 50 mail addresses");
    }

    private static bool IsDelay(double seconds) => seconds is >= 0 and <= DelaySecondsMax;

    private static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private sealed class Findings
    {
        private readonly Dictionary<string, ApiText[]> _byField = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, ApiText[]> ByField => _byField;

        public void When(bool isWrong, string field, string zh, string en)
        {
            if (isWrong)
            {
                _byField[field] = [.. _byField.GetValueOrDefault(field) ?? [], new ApiText(zh, en)];
            }
        }
    }
}
