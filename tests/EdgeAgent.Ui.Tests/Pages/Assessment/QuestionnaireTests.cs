using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Assessment;

/// <summary>The questionnaire as an engineer fills it: every typed item with its proof, every scene, and what the score page makes of it.</summary>
public sealed class QuestionnaireTests
{
    /// <summary>By the end of a figure's key: things got better.</summary>
    private static readonly Dictionary<string, string> Figures = new()
    {
        ["investment"] = "70", ["revenue"] = "100", ["after"] = "90", ["before"] = "100", ["revenueAfter"] = "1500", ["revenueBefore"] = "1000", ["staffAfter"] = "50", ["staffBefore"] = "50",
    };

    [PartnerFact("chromium")]
    public async Task Items_and_scenes_are_answered_with_proofs_and_the_score_page_says_level_distance_and_subsidy()
    {
        await using UiPlant plant = await UiPlant.StartAsync((web, directory) =>
            PlantConfigs.AllInOne(0)(web, directory).Replace("\"ledger\": \"ledger.csv\"", "\"ledger\": \"ledger.csv\", \"rulePack\": \"hohhot-2025\"", StringComparison.Ordinal));
        HttpClient api = await plant.Accounts.AdminAsync();
        JsonElement questionnaire = await api.GetFromJsonAsync<JsonElement>("/api/assess/questionnaire");
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/assessment/items");
            foreach (JsonElement question in questionnaire.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("question")).Where(q => q.GetProperty("answer").GetString() != "Computed"))
            {
                await AnswerAsync(page, question);
            }

            await Assertions.Expect(page.GetByText("已作答 15 / 15 题")).ToBeVisibleAsync();
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "items-answered.png"), FullPage = true });
            await ContradictAsync(page);

            await page.GetByRole(AriaRole.Link, new() { NameString = "场景", Exact = true }).ClickAsync();
            foreach (JsonElement scene in questionnaire.GetProperty("scenes").EnumerateArray().Select(s => s.GetProperty("scene")))
            {
                await LevelAsync(page, scene.GetProperty("name").GetString()!);
            }

            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "scenes-answered.png"), FullPage = true });
            await ProjectAsync(api);
            await page.GotoAsync("/assessment");
            ILocator level = page.Locator("[data-level]");
            await Assertions.Expect(level).ToContainTextAsync("三级");
            await Assertions.Expect(level).ToContainTextAsync("距四级");
            await Assertions.Expect(level).ToContainTextAsync("差 10 个场景（其中约束性 6 个）");
            // Half of 800,000 yuan, below the cap of the third level.
            await Assertions.Expect(page.Locator("[data-subsidy]")).ToContainTextAsync("400,000 元");
            await Assertions.Expect(page.Locator("[data-subsidy]")).ToContainTextAsync("50 %");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "score.png"), FullPage = true });
        });

        // What was uploaded lies under its hash and is given back byte by byte.
        JsonElement typed = (await api.GetFromJsonAsync<JsonElement>("/api/assess/questionnaire")).GetProperty("items")[8].GetProperty("typed").GetProperty("evidence")[0];
        Assert.Equal(Proof(9), await api.GetByteArrayAsync($"/api/ledger/files/{typed.GetProperty("sha256").GetString()}"));
        Assert.Equal(("4.9", "19"), (typed.GetProperty("chapter").GetString(), typed.GetProperty("page").GetString()));
    }

    /// <summary>The best answer that can be given, with an uploaded proof and its place in the report.</summary>
    private static async Task AnswerAsync(IPage page, JsonElement question)
    {
        int no = question.GetProperty("no").GetInt32();
        ILocator item = page.Locator($"[data-item='{no}']");
        await item.GetByRole(AriaRole.Button, new() { NameString = "作答" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        JsonElement[] numbers = [.. question.GetProperty("numbers").EnumerateArray()];
        foreach (JsonElement number in numbers)
        {
            string unit = number.GetProperty("unit").GetString()!, label = number.GetProperty("label").GetString()!;
            await dialog.GetByLabel(unit.Length > 0 ? $"{label}（{unit}）" : label).FillAsync(no == 13 && number.GetProperty("key").GetString() == "after" ? "100" : no == 13 ? "98" : Figures[number.GetProperty("key").GetString()!]);
        }

        JsonElement[] options = [.. question.GetProperty("options").EnumerateArray().Where(o => !o.GetProperty("excludes").GetBoolean())];
        bool multiple = question.GetProperty("type").GetString() == "Multiple";
        foreach (JsonElement option in numbers.Length > 0 ? [] : multiple ? options : options.OrderBy(o => o.GetProperty("fraction").GetDecimal()).TakeLast(1))
        {
            await dialog.GetByLabel(option.GetProperty("text").GetString()!, new() { Exact = true }).CheckAsync();
        }

        await dialog.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = $"第{no}题佐证.pdf", MimeType = "application/pdf", Buffer = Proof(no) });
        await Assertions.Expect(dialog.GetByRole(AriaRole.Link, new() { NameString = "打开文件" })).ToBeVisibleAsync();
        await dialog.GetByLabel("章节号").FillAsync($"4.{no}");
        await dialog.GetByLabel("页码").FillAsync(string.Create(CultureInfo.InvariantCulture, $"{10 + no}"));
        await dialog.GetByLabel("变更原因").FillAsync("现场核实");
        await dialog.GetByRole(AriaRole.Button, new() { NameString = "保存答案" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        string max = (await item.Locator(".points").InnerTextAsync()).Split('/')[1].Trim();
        await Assertions.Expect(item.Locator(".points")).ToHaveTextAsync($"{max.Split(' ')[0]} / {max}");
        await Assertions.Expect(item.GetByText($"第{no}题佐证 章节 4.{no}")).ToBeVisibleAsync();
    }

    /// <summary>Figures that say one thing and an option that says another: the page says so, in its reader's language.</summary>
    private static async Task ContradictAsync(IPage page)
    {
        ILocator item = page.Locator("[data-item='14']");
        await item.GetByRole(AriaRole.Button, new() { NameString = "修改答案" }).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("降低", new() { Exact = true }).CheckAsync();
        await dialog.GetByLabel("变更原因").FillAsync("误选");
        await dialog.GetByRole(AriaRole.Button, new() { NameString = "保存答案" }).ClickAsync();
        await Assertions.Expect(item.GetByText("由数据得出“增加”，填报为“降低”；以数据为准")).ToBeVisibleAsync();
    }

    private static async Task LevelAsync(IPage page, string scene)
    {
        ILocator row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = scene }).First;
        await row.GetByText(scene).ClickAsync();
        ILocator dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("改造前").SelectOptionAsync(new SelectOptionValue { Label = "一级" });
        await dialog.GetByLabel("改造后等级").SelectOptionAsync(new SelectOptionValue { Label = "三级" });
        await dialog.GetByRole(AriaRole.Button, new() { NameString = "添加一条" }).ClickAsync();
        await dialog.GetByLabel("名称").FillAsync(scene + "系统截图");
        await dialog.GetByLabel("变更原因").FillAsync("现场核实");
        await dialog.GetByRole(AriaRole.Button, new() { NameString = "保存等级" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(row).ToContainTextAsync("三级");
        await Assertions.Expect(row).ToContainTextAsync(scene + "系统截图");
    }

    private static async Task ProjectAsync(HttpClient api)
    {
        object cost = new
        {
            kind = "Software", description = "MES", hardwareClass = "", contractNo = "HT-1", contractDate = "2025-03-01", contractYuan = 900_000, invoiceNo = "F-1", invoiceDate = "2025-04-01", invoiceYuan = 900_000, paidYuan = 800_000,
            prepaidMonths = (int?)null, assetNos = Array.Empty<string>(),
        };
        object project = new { name = "数字化改造", contractNo = "HT-1", from = "2025-03-01", to = "2025-12-31", provider = "服务商", systems = new[] { "生产管控" }, costs = new[] { cost } };
        using HttpResponseMessage answer = await api.PutAsJsonAsync("/api/ledger/project", new { project, reason = "登记合同" });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static byte[] Proof(int no) => System.Text.Encoding.ASCII.GetBytes($"%PDF-1.7 proof of item {no}");
}
