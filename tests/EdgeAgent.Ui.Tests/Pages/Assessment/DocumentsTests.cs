using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace EdgeAgent.Ui.Tests.Pages.Assessment;

/// <summary>Forms as somebody who hands in an acceptance meets them: made with progress, downloaded, opened; on paper where no PDF is made.</summary>
public sealed class DocumentsTests
{
    private static readonly XNamespace Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    [PartnerFact("chromium")]
    public async Task The_summary_is_made_downloaded_and_opens_and_the_page_says_whether_there_are_PDFs()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Assessor }, async page =>
        {
            await page.GotoAsync("/assessment/documents");
            bool pdf = Partners.Has("soffice");
            await Assertions.Expect(page.Locator("[data-means]")).ToContainTextAsync(pdf ? "同时生成 DOCX 和 PDF" : "不生成 PDF");
            using ZipArchive zip = await MakeAsync(plant, page, "summary");
            ZipArchiveEntry document = Assert.Single(zip.Entries, e => e.Name.EndsWith(".docx", StringComparison.Ordinal));
            Assert.Equal(pdf ? 1 : 0, zip.Entries.Count(e => e.Name.EndsWith(".pdf", StringComparison.Ordinal) && Starts(e, "%PDF-")));
            string text = TextOf(document);
            Assert.Contains("设备联网率", text, StringComparison.Ordinal);
            Assert.Contains("0/2", Regex.Replace(text, @"\s", ""), StringComparison.Ordinal);
            Assert.Contains("草稿", text, StringComparison.Ordinal);

            await page.Locator("[data-job=summary] summary").ClickAsync();
            await Assertions.Expect(page.Locator("[data-job=summary]")).ToContainTextAsync("草稿：尚有题目或场景未作答，或缺少佐证");
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "documents-summary.png"), FullPage = true });
        });
    }

    [PartnerFact("chromium")]
    public async Task The_three_forms_and_their_lists_are_made_and_downloaded_together()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.GotoAsync("/assessment/documents");
            using ZipArchive zip = await MakeAsync(plant, page, "forms");
            foreach ((string form, string heading) in ((string, string)[])[("附件1.1 评测验收申请书", "申请书"), ("附件1.2 改造总结报告", "总结报告"), ("附件1.3 自评估报告", "自评估报告")])
            {
                ZipArchiveEntry document = Assert.Single(zip.Entries, e => e.Name == form + ".docx");
                Assert.Contains(heading, TextOf(document), StringComparison.Ordinal);
            }

            Assert.Contains(zip.Entries, e => e.Name.EndsWith(".xlsx", StringComparison.Ordinal));
            Assert.Equal(Partners.Has("soffice"), zip.Entries.Any(e => e.Name == "附件1.1 评测验收申请书.pdf" && Starts(e, "%PDF-")));
        });
    }

    [PartnerFact("chromium")]
    public async Task The_print_view_has_everything_on_paper_and_becomes_a_PDF_in_the_browser()
    {
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Viewer }, async page =>
        {
            await page.GotoAsync("/assessment/print");
            ILocator sheet = page.Locator("article.sheet");
            await Assertions.Expect(sheet.GetByRole(AriaRole.Heading, new() { Level = 3 })).ToHaveCountAsync(15);
            await Assertions.Expect(sheet.GetByRole(AriaRole.Row).Filter(new() { HasText = "普通车床1号" })).ToContainTextAsync("未绑定");
            await Assertions.Expect(sheet.GetByRole(AriaRole.Row).Filter(new() { HasText = "生产管控*" })).ToHaveCountAsync(1);
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "打印或存为 PDF" })).ToBeHiddenAsync();
            byte[] pdf = await page.PdfAsync(new() { Format = "A4" });
            Assert.True(pdf.AsSpan().StartsWith("%PDF-"u8));
        });
    }

    /// <summary>A job that stands still, as the API tells of one: how long a real one takes at a step is nobody's to say.</summary>
    [PartnerFact("chromium")]
    public async Task A_running_job_shows_its_steps_and_a_failed_one_its_reason_in_the_readers_language()
    {
        string running =
            $$"""{"total":1,"offset":0,"items":[{"id":"20261122T000000-aa","kind":"forms","state":"running","steps":["figures","documents","lists","zip"],"step":1,"by":"{{UiAccounts.NameOf(UiRole.Assessor)}}","startedAt":"2026-11-22T00:00:00Z","endedAt":null,"problem":null,"file":null,"bytes":0,"sha256":null,"warnings":[],"pack":null}]}""";
        string failed = running.Replace("\"running\"", "\"failed\"", StringComparison.Ordinal).Replace("\"problem\":null", "\"problem\":{\"zh\":\"文件无法读写：磁盘已满\",\"en\":\"the disk is full\"}", StringComparison.Ordinal);
        bool ended = false, asked = false;
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.RouteAsync("**/api/assess/jobs", route => route.FulfillAsync(new() { Body = running, ContentType = "application/json" }));
            await page.GotoAsync("/assessment/documents");
            await Assertions.Expect(page.Locator("[data-others-job]")).ToContainTextAsync(UiAccounts.NameOf(UiRole.Assessor));
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "取消任务" })).ToHaveCountAsync(0);
        });
        await plant.WithPageAsync(new UiView { Role = UiRole.Assessor }, async page =>
        {
            await page.RouteAsync("**/api/assess/jobs", route => route.FulfillAsync(new() { Body = ended ? failed : running, ContentType = "application/json" }));
            await page.RouteAsync("**/api/assess/jobs/20261122T000000-aa", async route =>
            {
                (asked, ended) = (route.Request.Method == "DELETE", true);
                await route.FulfillAsync(new() { Status = 204 });
            });
            await page.GotoAsync("/assessment/documents");
            ILocator steps = page.GetByRole(AriaRole.List, new() { NameString = "验收表单" });
            await Assertions.Expect(page.GetByText("正在生成：验收表单")).ToBeVisibleAsync();
            await Assertions.Expect(steps.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(4);
            await Assertions.Expect(steps.Locator("[aria-current=step]")).ToContainTextAsync("写文档");
            await Assertions.Expect(page.Locator("[data-make=forms]")).ToHaveCountAsync(0);
            await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("flows", "documents-progress.png"), FullPage = true });
            await page.GetByRole(AriaRole.Button, new() { NameString = "取消任务" }).ClickAsync();
            await Assertions.Expect(page.GetByText("文件无法读写：磁盘已满")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[data-make=forms]")).ToBeVisibleAsync();
            Assert.True(asked);
        });
    }

    /// <summary>Has documents of a kind made, waits, and opens what the page gives.</summary>
    private static async Task<ZipArchive> MakeAsync(UiPlant plant, IPage page, string kind)
    {
        await page.Locator($"[data-make={kind}]").ClickAsync();
        ILocator save = page.Locator($"[data-save={kind}]");
        await Assertions.Expect(save).ToBeVisibleAsync(new() { Timeout = 240_000 });
        await Assertions.Expect(page.Locator($"[data-job={kind}]")).ToContainTextAsync("完成");
        IDownload download = await page.RunAndWaitForDownloadAsync(() => save.ClickAsync());
        string path = plant.File(kind + ".zip");
        await download.SaveAsAsync(path);
        return ZipFile.OpenRead(path);
    }

    private static bool Starts(ZipArchiveEntry entry, string with)
    {
        using StreamReader reader = new(entry.Open(), System.Text.Encoding.Latin1);
        char[] head = new char[with.Length];
        return reader.ReadBlock(head) == head.Length && new string(head) == with;
    }

    /// <summary>The text of a Word document, which is a ZIP with its parts.</summary>
    private static string TextOf(ZipArchiveEntry document)
    {
        using ZipArchive parts = new(document.Open());
        return string.Join('\n', parts.Entries.Where(e => e.FullName == "word/document.xml" || e.FullName.StartsWith("word/header", StringComparison.Ordinal)).SelectMany(part =>
        {
            using Stream xml = part.Open();
            return XDocument.Load(xml).Descendants(Word + "p").Select(p => string.Concat(p.Descendants(Word + "t").Select(t => t.Value))).ToArray();
        }));
    }
}
