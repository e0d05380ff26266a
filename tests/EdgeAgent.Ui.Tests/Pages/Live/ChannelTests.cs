using System.Text;
using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>The button that tries a channel before anybody relies on it, against peers that look at what they get.</summary>
[Collection(DemoCollection.Name)]
public sealed class ChannelTests(DemoPlant demo)
{
    private const string Test = "demo-plant：这是一条测试消息，收到即表示通知已可用。";

    [PartnerFact("chromium")]
    public Task Each_kind_of_robot_gets_a_test_in_its_own_shape() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
    {
        await using RobotPeer robot = new();
        await page.GotoAsync("/alarms/rules");
        ILocator channel = await NewChannelAsync(page, "值班");
        await channel.GetByLabel("地址").FillAsync(robot.Url + "?key=1");

        await channel.GetByLabel("加签密钥").FillAsync("SECabc");
        (string query, JsonElement body) = await TryAsync(page, channel, robot);
        Assert.Matches(@"^\?key=1&timestamp=\d{13}&sign=[\w%]+$", query);
        Assert.Equal(("text", Test), (body.GetProperty("msgtype").GetString(), body.GetProperty("text").GetProperty("content").GetString()));

        await channel.GetByLabel("类型").SelectOptionAsync("feishu");
        (query, body) = await TryAsync(page, channel, robot);
        Assert.Equal(("?key=1", "text", Test), (query, body.GetProperty("msg_type").GetString(), body.GetProperty("content").GetProperty("text").GetString()));
        Assert.True(body.TryGetProperty("sign", out _) && body.TryGetProperty("timestamp", out _));

        await channel.GetByLabel("类型").SelectOptionAsync("wecom");
        (query, body) = await TryAsync(page, channel, robot);
        Assert.Equal(("?key=1", "text", Test), (query, body.GetProperty("msgtype").GetString(), body.GetProperty("text").GetProperty("content").GetString()));

        await channel.GetByLabel("类型").SelectOptionAsync("json");
        (_, body) = await TryAsync(page, channel, robot);
        Assert.Equal(("demo-plant", Test, JsonValueKind.Null), (body.GetProperty("site").GetString(), body.GetProperty("text").GetString(), body.GetProperty("alarm").ValueKind));
    });

    [PartnerFact("chromium")]
    public Task What_a_robot_complains_of_is_shown_in_its_words() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
    {
        await using RobotPeer robot = new("""{"errcode":310000,"errmsg":"sign not match"}""");
        await page.GotoAsync("/alarms/rules");
        ILocator channel = await NewChannelAsync(page, "值班");
        await channel.GetByLabel("地址").FillAsync(robot.Url);
        await channel.GetByRole(AriaRole.Button, new() { Name = "发送测试" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("没有发出：值班: 310000 sign not match");
    });

    [PartnerFact("chromium")]
    public Task A_test_mail_arrives_in_chinese() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
    {
        using MailPeer mail = new();
        await page.GotoAsync("/alarms/rules");
        ILocator channel = await NewChannelAsync(page, "邮件");
        await channel.GetByLabel("类型").SelectOptionAsync("mail");
        await channel.GetByLabel("邮件服务器").FillAsync("127.0.0.1");
        await channel.GetByLabel("端口").FillAsync(mail.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await channel.GetByLabel("加密").SelectOptionAsync("none");
        await channel.GetByLabel("发件人").FillAsync("edge@plant.cn");
        await channel.GetByLabel("收件人").FillAsync("li@plant.cn, wang@plant.cn");
        await channel.GetByRole(AriaRole.Button, new() { Name = "发送测试" }).ClickAsync();
        await Expect(page.GetByText("测试消息已发出。")).ToBeVisibleAsync();
        string[] lines = await mail.Received.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("RCPT TO:<li@plant.cn>", lines);
        Assert.Contains("RCPT TO:<wang@plant.cn>", lines);
        string body = string.Concat(lines.SkipWhile(line => line.Length > 0).Skip(1).TakeWhile(line => line != "."));
        Assert.Equal(Test, Encoding.UTF8.GetString(Convert.FromBase64String(body)).Trim());
    });

    private static async Task<ILocator> NewChannelAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "添加渠道" }).ClickAsync();
        ILocator channel = page.Locator("[data-channel]").Last;
        await channel.GetByLabel("名称").FillAsync(name);
        return channel;
    }

    private static async Task<(string Query, JsonElement Body)> TryAsync(IPage page, ILocator channel, RobotPeer robot)
    {
        await channel.GetByRole(AriaRole.Button, new() { Name = "发送测试" }).ClickAsync();
        (string Query, JsonElement Body) taken = await robot.NextAsync();
        await Expect(page.GetByText("测试消息已发出。").Last).ToBeVisibleAsync();
        await Expect(channel.GetByRole(AriaRole.Button, new() { Name = "发送测试" })).ToBeEnabledAsync();
        return taken;
    }
}
