using System.Globalization;
using EdgeAgent.Assessment.Ledger;
using EdgeAgent.Assessment.RulePacks;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.LedgerPages;

namespace EdgeAgent.Web.Assess;

/// <summary>The questionnaire: what is asked, and what people answer, with its evidence.</summary>
internal static class AnswerPages
{
    public static Task QuestionnaireAsync(HttpContext context, AssessSource source)
    {
        DeviceLedger ledger = source.Desk.Latest;
        LoadedRulePack rules = source.RulesOf(null, ledger);
        return context.WriteJsonAsync(
            new QuestionnaireView(
                rules.Rules.Id, [.. rules.Rules.Items.Select(i => new QuestionView(i, ledger.Answers.Find(i.No)))],
                [.. rules.Rules.Scenes.Select(s => new SceneQuestion(s, ledger.Answers.FindScene(s.Name)))], source.Desk.Stamp),
            AssessJson.Default.QuestionnaireView);
    }

    public static async Task AnswerAsync(HttpContext context, Caller caller, AssessSource source)
    {
        AnswerEdit edit = await context.ReadJsonAsync(AssessJson.Default.AnswerEdit);
        TypedAnswer answer = new(ItemOf(context), edit.Options, edit.Numbers, edit.Evidence, edit.Note);
        await EditPages.RecordAsync(context, caller, source.Desk, [new AnswerSet(answer)], edit.Reason, edit.Seen);
    }

    public static Task WithdrawAsync(HttpContext context, Caller caller, AssessSource source) =>
        EditPages.RecordAsync(context, caller, source.Desk, [new AnswerRemoved(ItemOf(context))], EditPages.ReasonOf(context));

    public static async Task SceneAsync(HttpContext context, Caller caller, AssessSource source)
    {
        SceneEdit edit = await context.ReadJsonAsync(AssessJson.Default.SceneEdit);
        SceneLevel scene = new(context.Route("name"), edit.Level, edit.LevelBefore, edit.Evidence, edit.Note);
        await EditPages.RecordAsync(context, caller, source.Desk, [new SceneSet(scene)], edit.Reason, edit.Seen);
    }

    private static int ItemOf(HttpContext context) => int.TryParse(context.Route("no"), NumberStyles.None, CultureInfo.InvariantCulture, out int no)
        ? no
        : throw ApiProblem.BadRequest(new("题号应为 1 到 15 的整数。", "The item's number must be a whole number, 1 to 15."));
}
