using System.Text.Json.Serialization;
using EdgeAgent.Alarms.Notify;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Overview;
using EdgeAgent.Web.Wording;

namespace EdgeAgent.Alarms;

/// <summary>Alarms as they stand, their history, acknowledging, and the rules by which they are raised.</summary>
internal static class AlarmEndpoints
{
    private const int CommentCharsMax = 1000;
    private const long SettingsBytesMax = 2 << 20;

    public static void MapAlarms(this ApiBuilder api, AlarmEngine alarms)
    {
        api.Get("/api/alarms", AccessPermission.ReadState, "Alarms, newest first: those that are open, or all that ever were", (context, caller) => ListAsync(context, caller, alarms))
            .Query("state", "open (active or not acknowledged), active, or all; open unless told.").Paged()
            .Gives(AlarmJson.Default.ApiPageAlarmRecord, "Alarms");
        api.Post("/api/alarms/{id}/acknowledgement", AccessPermission.ManageAlarms, "Takes note of an alarm", async (context, caller) =>
        {
            AcknowledgementBody body = await context.ReadJsonAsync(AlarmJson.Default.AcknowledgementBody);
            string comment = (body.Comment ?? "").Trim();
            if (comment.Length > CommentCharsMax)
            {
                throw ApiProblem.BadRequest(new($"备注最多 {CommentCharsMax} 个字符。", $"A comment has at most {CommentCharsMax} characters."));
            }

            await context.WriteJsonAsync(alarms.Acknowledge(IdOf(context), caller.Who, comment), AlarmJson.Default.AlarmRecord);
        }).Route("id", "Number of the alarm.").Takes(AlarmJson.Default.AcknowledgementBody).Gives(AlarmJson.Default.AlarmRecord, "The alarm as it stands now")
            .Fails(StatusCodes.Status404NotFound, "There is no such alarm.").Fails(StatusCodes.Status409Conflict, "Somebody has acknowledged it already.");
        api.Get("/api/alarms/rules", AccessPermission.ManageAlarms, "Rules and channels; secrets as stars", (context, _) =>
            context.WriteJsonAsync(alarms.Settings.Masked(), AlarmJson.Default.AlarmSettings)).Gives(AlarmJson.Default.AlarmSettings, "What is set");
        api.Put("/api/alarms/rules", AccessPermission.Engineer, "Replaces rules and channels; a secret of stars stays as it is", (context, _) => ChangeAsync(context, alarms))
            .Takes(AlarmJson.Default.AlarmSettings, SettingsBytesMax).Gives(AlarmJson.Default.AlarmSettings, "What is set now; wrong fields are told by name with 400");
        api.Get("/api/alarms/channels", AccessPermission.ManageAlarms, "How the channels fare: what waits, was sent, was given up", (context, _) =>
            context.WriteJsonAsync(alarms.Notifier.Standing, AlarmJson.Default.IReadOnlyListChannelStandingView))
            .Gives(AlarmJson.Default.IReadOnlyListChannelStandingView, "One object a channel");
        api.Post("/api/alarms/channels/test", AccessPermission.Engineer, "Sends a test message over a channel, saved or not", (context, _) => TestAsync(context, alarms))
            .Takes(AlarmJson.Default.AlarmChannel).Gives(AlarmJson.Default.TestView, "Whether it was taken, and if not, why");
    }

    private static Task ListAsync(HttpContext context, Caller caller, AlarmEngine alarms)
    {
        PageRequest page = PageRequest.Of(context);
        IReadOnlyList<AlarmRecord> Shown(IEnumerable<AlarmRecord> records) => [.. caller.IsAnonymous ? records.Select(alarm => alarm.WithoutPeople()) : records];
        switch (context.Query("state") ?? "open")
        {
            case "open":
                return context.WriteJsonAsync(page.Cut(Shown(alarms.Open)), AlarmJson.Default.ApiPageAlarmRecord);
            case "active":
                return context.WriteJsonAsync(page.Cut(Shown(alarms.Open.Where(a => a.IsActive))), AlarmJson.Default.ApiPageAlarmRecord);
            case "all":
                (int total, IReadOnlyList<AlarmRecord> items) = alarms.History.ReadPage(page.Offset, page.Limit);
                return context.WriteJsonAsync(new ApiPage<AlarmRecord>(total, page.Offset, Shown(items)), AlarmJson.Default.ApiPageAlarmRecord);
            default:
                throw ApiProblem.BadRequest(new("state 应为 open、active 或 all。", "state must be open, active or all."));
        }
    }

    private static async Task ChangeAsync(HttpContext context, AlarmEngine alarms)
    {
        AlarmSettings settings = (await context.ReadJsonAsync(AlarmJson.Default.AlarmSettings)).WithSecretsOf(alarms.Settings);
        IReadOnlyDictionary<string, ApiText[]> wrong = AlarmSettingsCheck.Check(settings);
        if (wrong.Count > 0)
        {
            throw new ApiProblem(StatusCodes.Status400BadRequest, new($"有 {wrong.Count} 处填写有误，未保存。", $"{wrong.Count} fields are wrong; nothing was changed."))
            {
                Errors = wrong,
            };
        }

        alarms.Change(settings);
        await context.WriteJsonAsync(settings.Masked(), AlarmJson.Default.AlarmSettings);
    }

    private static async Task TestAsync(HttpContext context, AlarmEngine alarms)
    {
        AlarmChannel channel = await context.ReadJsonAsync(AlarmJson.Default.AlarmChannel);
        channel = channel.WithSecretsOf(alarms.Settings.Channels.FirstOrDefault(c => c.Name == channel.Name));
        IReadOnlyDictionary<string, ApiText[]> wrong = AlarmSettingsCheck.Check(new AlarmSettings { Channels = [channel] });
        if (wrong.Count > 0)
        {
            throw new ApiProblem(StatusCodes.Status400BadRequest, new("渠道填写有误。", "The channel is filled in wrong."))
            {
                Errors = wrong.ToDictionary(w => w.Key.Replace("channels[0].", "", StringComparison.Ordinal), w => w.Value),
            };
        }

        try
        {
            await alarms.Notifier.TestAsync(channel, context.RequestAborted);
            await context.WriteJsonAsync(new TestView(true, null), AlarmJson.Default.TestView);
        }
        catch (NotifyException problem)
        {
            await context.WriteJsonAsync(new TestView(false, Phrasebook.Chinese.For(context, problem.Message)), AlarmJson.Default.TestView);
        }
    }

    private static long IdOf(HttpContext context) => long.TryParse(context.Route("id"), out long id) ? id
        : throw ApiProblem.NotFound(new($"没有编号为 {context.Route("id")} 的报警。", $"There is no alarm {context.Route("id")}."));
}

internal sealed record AcknowledgementBody(string? Comment);

internal sealed record TestView(bool Sent, string? Problem);

/// <summary>What the event stream tells of alarms.</summary>
internal sealed record LiveAlarmsView(AlarmCountsView Counts, IReadOnlyList<AlarmRecord> Open);

/// <summary>Source-generated JSON of alarms.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiPage<AlarmRecord>))]
[JsonSerializable(typeof(AlarmSettings))]
[JsonSerializable(typeof(AcknowledgementBody))]
[JsonSerializable(typeof(IReadOnlyList<ChannelStandingView>))]
[JsonSerializable(typeof(LiveAlarmsView))]
[JsonSerializable(typeof(TestView))]
internal sealed partial class AlarmJson : JsonSerializerContext;
