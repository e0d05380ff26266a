using System.Net;
using System.Text;
using System.Text.Json;
using EdgeAgent.Alarms;
using EdgeAgent.Alarms.Notify;
using EdgeAgent.Core.Model;
using EdgeAgent.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeAgent.Tests.Alarms;

public sealed class NotifyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1795000000);

    internal static AlarmRecord Alarm { get; } = new(
        7, "hot", "温度高", AlarmKind.Limit, AlarmSeverity.Critical, "gw-01", "press-01", "温度", "℃", Now, null, 91.5, 80, null, null, null);

    [Fact]
    public async Task DingTalk_takes_a_text_signed_in_the_address()
    {
        await using Robot robot = await Robot.StartAsync("""{"errcode":0,"errmsg":"ok"}""");
        await robot.SendAsync(ChannelKind.DingTalk, "SECabc");

        // Computed from the vendor's rule by another implementation.
        Assert.Equal("?key=1&timestamp=1795000000000&sign=llHBvWFHAoZ6IGgL%2Bv7Bl4POLYcJ9PSZXm9aoQepO%2BA%3D", robot.Query);
        Assert.Equal("text", robot.Body.GetProperty("msgtype").GetString());
        Assert.Contains("gw-01/press-01/温度 温度高", robot.Body.GetProperty("text").GetProperty("content").GetString());
        Assert.Contains("数值 91.5 ℃，限值 80 ℃", robot.Body.GetProperty("text").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Feishu_takes_a_text_signed_in_the_body()
    {
        await using Robot robot = await Robot.StartAsync("""{"code":0}""");
        await robot.SendAsync(ChannelKind.Feishu, "SECabc");

        Assert.Equal("1795000000", robot.Body.GetProperty("timestamp").GetString());
        Assert.Equal("sue4/bR8UnKK3RsEc2WupGcKzUfS+TVsWYd5BBXxpAc=", robot.Body.GetProperty("sign").GetString());
        Assert.Equal("text", robot.Body.GetProperty("msg_type").GetString());
        Assert.Contains("温度高", robot.Body.GetProperty("content").GetProperty("text").GetString());
    }

    [Fact]
    public async Task WeCom_takes_a_text_of_two_thousand_bytes_at_most()
    {
        await using Robot robot = await Robot.StartAsync("""{"errcode":0}""");
        await robot.SendAsync(ChannelKind.WeCom, "", Alarm with { RuleName = new string('长', 2000) });

        Assert.True(Encoding.UTF8.GetByteCount(robot.Body.GetProperty("text").GetProperty("content").GetString()!) <= 2000);
    }

    [Fact]
    public async Task Plain_json_has_the_alarm_as_the_api_gives_it()
    {
        await using Robot robot = await Robot.StartAsync("thanks");
        await robot.SendAsync(ChannelKind.Json, "");

        Assert.Equal("plant", robot.Body.GetProperty("site").GetString());
        Assert.Equal("7", robot.Body.GetProperty("alarm").GetProperty("id").GetString());
        Assert.Equal(91.5, robot.Body.GetProperty("alarm").GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("DingTalk", """{"errcode":310000,"errmsg":"sign not match"}""", "sign not match")]
    [InlineData("WeCom", """{"errcode":93000,"errmsg":"invalid webhook url"}""", "invalid webhook url")]
    [InlineData("Feishu", """{"code":19021,"msg":"sign match fail"}""", "sign match fail")]
    [InlineData("DingTalk", "<html>proxy</html>", "<html>")]
    public async Task A_robot_that_says_no_with_200_is_a_failure(string kind, string answer, string expected)
    {
        await using Robot robot = await Robot.StartAsync(answer);

        NotifyException problem = await Assert.ThrowsAsync<NotifyException>(() => robot.SendAsync(Enum.Parse<ChannelKind>(kind), ""));
        Assert.Contains(expected, problem.Message);
    }

    [Theory]
    [InlineData("text/html; charset=gb2312")]
    [InlineData("text/html; charset=nonsense")]
    public async Task An_answer_in_a_character_set_that_is_unknown_here_is_one_all_the_same(string contentType)
    {
        await using Robot robot = await Robot.StartAsync("<html>proxy</html>", contentType: contentType);
        Assert.Contains("<html>", (await Assert.ThrowsAsync<NotifyException>(() => robot.SendAsync(ChannelKind.DingTalk, ""))).Message);
        await robot.SendAsync(ChannelKind.Json, "");
    }

    [Fact]
    public async Task A_channel_goes_on_whatever_a_message_failed_of()
    {
        FakeTimeProvider time = new();
        ScriptedSender sender = new() { Unforeseen = true };
        AlarmNotifier notifier = new(sender, time);
        notifier.Use([new AlarmChannel { Name = "alive", Kind = ChannelKind.Json }]);
        using CancellationTokenSource stop = new();
        Task running = notifier.RunAsync(stop.Token);
        notifier.Tell(Alarm, ["alive"]);
        await Eventually.TrueAsync(() => notifier.Standing[0].Problem == "nobody thought of this", "it is told");
        sender.Unforeseen = false;
        await Eventually.TrueAsync(() => time.ArmedTimers >= 1, "the pause begins");
        time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(() => notifier.Standing[0].Sent == 1, "it is sent with the next try");
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_server_that_fails_and_one_that_is_not_there_are_failures()
    {
        await using Robot robot = await Robot.StartAsync("", StatusCodes.Status502BadGateway);
        Assert.Contains("502", (await Assert.ThrowsAsync<NotifyException>(() => robot.SendAsync(ChannelKind.Json, ""))).Message);

        using AlarmSender sender = new("plant", TimeProvider.System);
        AlarmChannel nobody = new() { Name = "x", Kind = ChannelKind.Json, Url = $"http://127.0.0.1:{FreePort.Tcp()}/" };
        await Assert.ThrowsAsync<NotifyException>(() => sender.SendAsync(nobody, Alarm, CancellationToken.None));
    }

    [Fact]
    public async Task A_dead_channel_is_tried_again_and_holds_up_no_other()
    {
        FakeTimeProvider time = new();
        ScriptedSender sender = new();
        AlarmNotifier notifier = new(sender, time);
        notifier.Use([new AlarmChannel { Name = "dead", Kind = ChannelKind.Json }, new AlarmChannel { Name = "alive", Kind = ChannelKind.Json }]);
        using CancellationTokenSource stop = new();
        Task running = notifier.RunAsync(stop.Token);
        notifier.Tell(Alarm, ["dead", "alive"]);
        await Eventually.TrueAsync(() => notifier.Standing.Single(s => s.Name == "alive").Sent == 1, "the other channel is told");
        foreach (double seconds in new double[] { 5, 30, 120, 600 })
        {
            int tries = sender.Tries;
            await Eventually.TrueAsync(() => time.ArmedTimers >= 1, "the pause begins");
            time.Advance(TimeSpan.FromSeconds(seconds));
            await Eventually.TrueAsync(() => sender.Tries == tries + 1, "it is tried again");
        }

        await Eventually.TrueAsync(() => notifier.Standing.Single(s => s.Name == "dead") is { Dropped: 1, Waiting: 0 }, "it is given up after five tries");
        Assert.Equal("dead: no", notifier.Standing.Single(s => s.Name == "dead").Problem);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void What_there_is_no_room_for_is_counted()
    {
        AlarmNotifier notifier = new(new ScriptedSender(), new FakeTimeProvider());
        notifier.Use([new AlarmChannel { Name = "alive", Kind = ChannelKind.Json }]);
        for (int i = 0; i < AlarmNotifier.WaitingMax + 3; i++)
        {
            notifier.Tell(Alarm, ["alive"]);
        }

        Assert.Equal((AlarmNotifier.WaitingMax, 3), (notifier.Standing[0].Waiting, notifier.Standing[0].Dropped));
    }

    private sealed class ScriptedSender : IAlarmSender
    {
        private int _tries;

        public int Tries => Volatile.Read(ref _tries);

        public bool Unforeseen { get; set; }

        public Task SendAsync(AlarmChannel channel, AlarmRecord? alarm, CancellationToken cancellation)
        {
            if (Unforeseen)
            {
                throw new InvalidOperationException("nobody thought of this");
            }

            if (channel.Name == "dead")
            {
                Interlocked.Increment(ref _tries);
                throw new NotifyException("dead: no");
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>A robot of the test.</summary>
    private sealed class Robot(WebApplication app) : IAsyncDisposable
    {
        public JsonElement Body { get; private set; }

        public string Query { get; private set; } = "";

        public static async Task<Robot> StartAsync(string answer, int status = StatusCodes.Status200OK, string? contentType = null)
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddRoutingCore();
            WebApplication app = builder.Build();
            Robot robot = new(app);
            app.Run(async context =>
            {
                robot.Query = context.Request.QueryString.Value ?? "";
                robot.Body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
                context.Response.StatusCode = status;
                context.Response.ContentType = contentType;
                await context.Response.WriteAsync(answer);
            });
            await app.StartAsync();
            return robot;
        }

        public async Task SendAsync(ChannelKind kind, string secret, AlarmRecord? alarm = null)
        {
            using AlarmSender sender = new("plant", new FakeTimeProvider(Now));
            await sender.SendAsync(new AlarmChannel { Name = "robot", Kind = kind, Url = app.Urls.Single() + "/send?key=1", Secret = secret }, alarm ?? Alarm, CancellationToken.None);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
