using System.Text.RegularExpressions;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Live;

/// <summary>The last frames on the page of a device: of a protocol of bytes, of one of text, of an agent elsewhere, and for whom they are not.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class FramesPanelTests(DemoPlant demo)
{
    private static readonly UiView Phone = new() { Role = UiRole.Engineer, Size = UiSize.Phone };

    [PartnerFact("chromium")]
    public Task Bytes_are_shown_with_direction_time_length_and_meaning_and_nothing_is_cut_on_a_phone() => demo.Plant.WithPageAsync(Phone, async page =>
    {
        await page.GotoAsync("/devices/gw-01/press-1");
        ILocator sent = Frames(page, "发送").First, received = Frames(page, "接收").First;
        await Expect(sent).ToContainTextAsync("读输入寄存器，起始 ");
        await Expect(sent).ToContainTextAsync("12 字节");
        await Expect(sent.Locator("code")).ToHaveTextAsync(Hex());
        await Expect(received).ToContainTextAsync("输入寄存器：");
        await Expect(received.Locator("code")).ToHaveTextAsync(Hex());
        await Expect(received).ToContainTextAsync(Clock());
        await NothingIsCutAsync(page, "frames-bytes");
    });

    [PartnerFact("chromium")]
    public Task Text_is_shown_as_text_and_as_bytes_on_demand() => demo.Plant.WithPageAsync(Phone, async page =>
    {
        await page.GotoAsync("/devices/gw-01/drill-sensor");
        ILocator message = Frames(page, "接收").First;
        await Expect(message.Locator("code")).ToContainTextAsync("\"vibration\":");
        await Expect(message.Locator(".meaning")).ToContainTextAsync("/");
        await NothingIsCutAsync(page, "frames-text");

        await page.GetByLabel("显示为十六进制字节").CheckAsync();
        await Expect(message.Locator("code")).ToHaveTextAsync(Hex());
        await NothingIsCutAsync(page, "frames-text-as-bytes");
    });

    [PartnerFact("chromium")]
    public Task Frames_come_and_go_until_they_are_told_to_stand_still() => demo.Plant.WithPageAsync(new UiView { Role = UiRole.Assessor, English = true }, async page =>
    {
        await page.GotoAsync("/devices/gw-01/press-1");
        ILocator list = page.Locator(".frames-panel ol");
        string before = await list.InnerTextAsync();
        await Expect(list).Not.ToHaveTextAsync(before, new() { UseInnerText = true, Timeout = 30_000 });

        await page.GetByLabel("Stand still").CheckAsync();
        int asked = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/frames", StringComparison.Ordinal) ? 1 : 0;
        string held = await list.InnerTextAsync();

        // The rest of the page is asked for five times more rarely; when it has been, the frames would have been, too.
        await page.WaitForResponseAsync(OfDevice(), new() { Timeout = 60_000 });
        Assert.Equal(0, asked);
        await Expect(list).ToHaveTextAsync(held, new() { UseInnerText = true });

        await page.GetByLabel("Stand still").UncheckAsync();
        await Expect(list).Not.ToHaveTextAsync(held, new() { UseInnerText = true, Timeout = 30_000 });
    });

    [PartnerFact("chromium")]
    public async Task Of_an_agent_elsewhere_the_page_names_the_command_that_shows_them_there()
    {
        await using SimulatedPress press = await SimulatedPress.StartAsync();
        int broker = FreePort.Tcp();
        await using UiPlant hub = await UiPlant.StartAsync((web, _) => $$"""
            { "site": "north-works", "broker": { "listen": "127.0.0.1:{{broker}}" },
              "hub": { "dataDirectory": "hub", "store": { "kind": "sqlite", "path": "hub/store" }, "broker": { "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } },
              "web": { "listen": "127.0.0.1:{{web}}" } }
            """);
        await File.WriteAllTextAsync(hub.File("gw.json"), $$"""
            { "site": "north-works", "agent": { "id": "gw-02", "dataDirectory": "agent", "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{broker}}" ] } ],
                "endpoints": [ { "name": "line-1", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{press.Port}} },
                  "devices": [ { "name": "press-01", "settings": { "unitId": 1 }, "tags": [ { "name": "parts", "address": "hr:2", "type": "uint32" } ] } ] } ] } }
            """);
        await using PartnerProcess agent = BuiltProgram.Start(hub.Directory, "run", "--config", "gw.json");
        await ApproveAsync(hub);
        await hub.WithPageAsync(Phone, async page =>
        {
            await page.GotoAsync("/devices");
            await page.Locator("[data-device=press-01]").ClickAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator(".frames-panel .command")).ToHaveTextAsync("edgeagent read /etc/edgeagent/edgeagent.json --device 'press-01' --frames");
            await Expect(page.GetByText("报文留在那里，不传到汇聚端")).ToBeVisibleAsync();
            await NothingIsCutAsync(page, "frames-elsewhere");
        });

        // The same command, with the file of this test, shows them.
        await using PartnerProcess read = BuiltProgram.Start(hub.Directory, "read", "gw.json", "--device", "press-01", "--frames");
        await read.WaitForLineAsync("read holding registers from 2, 2 of them");
    }

    private static ILocator Frames(IPage page, string direction) => page.Locator(".frames-panel li").Filter(new() { Has = page.GetByText(direction, new() { Exact = true }) });

    private static async Task ApproveAsync(UiPlant hub) => await Eventually.TrueAsync(
        () =>
        {
            PartnerProcess approving = BuiltProgram.Start(hub.Directory, "agents", "approve", "north-works/gw-02", "--config", "plant.json");
            return ExitedWellAsync(approving);
        },
        "the agent introduces itself and is approved", TimeSpan.FromSeconds(120));

    private static async Task<bool> ExitedWellAsync(PartnerProcess process)
    {
        await using (process)
        {
            await process.WaitForExitAsync(TimeSpan.FromSeconds(60));
            return process.ExitCode == 0;
        }
    }

    /// <summary>The panel's own boxes, and the page as a whole, are no wider than what is seen of them.</summary>
    private static async Task NothingIsCutAsync(IPage page, string picture)
    {
        await page.Locator(".frames-panel").ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Artifacts.Screenshot("panels", picture + ".png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        string[] cut = await page.EvaluateAsync<string[]>("""
            () => [document.documentElement, ...document.querySelectorAll('.frames-panel, .frames-panel *')]
              .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== 'inline' || e.getBoundingClientRect().right > innerWidth + 1)
              .map((e) => `${e.tagName}.${e.className} ${e.scrollWidth} > ${e.clientWidth}`)
            """);
        Assert.Empty(cut);
    }

    [GeneratedRegex("^([0-9A-F]{2} )+[0-9A-F]{2}( …)?$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"\d\d:\d\d:\d\d\.\d\d\d")]
    private static partial Regex Clock();

    [GeneratedRegex("/api/plant/devices/gw-01/press-1$")]
    private static partial Regex OfDevice();
}
