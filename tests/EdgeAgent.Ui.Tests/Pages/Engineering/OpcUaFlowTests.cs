using System.Security.Cryptography;
using EdgeAgent.TestKit;
using EdgeAgent.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EdgeAgent.Ui.Tests.Pages.Engineering;

/// <summary>An OPC UA server of which nothing is known but its address.</summary>
public sealed class OpcUaFlowTests
{
    [PartnerFact("chromium")]
    public async Task Nodes_that_are_ticked_in_the_tree_become_tags_whose_first_readings_are_seen()
    {
        await using SimulatedMachines machines = await SimulatedMachines.OpcUaAsync("none");
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer }, async page =>
        {
            await page.BeginDeviceAsync("press-1", "opc-ua");
            await page.GetByLabel("服务器地址").FillAsync($"opc.tcp://127.0.0.1:{machines.Port}");
            await page.GetByLabel("安全模式").SelectOptionAsync("none");
            await page.Button("下一步").ClickAsync();

            ILocator tree = await OpenMachineAsync(page);
            foreach (string name in (string[])["Temperature", "Parts", "Running"])
            {
                await tree.GetByLabel($"选择 {name}", new() { Exact = true }).CheckAsync();
            }

            await page.KeepAsync("opcua-tree");
            await page.Button("加入所选 3 个节点").ClickAsync();
            await Expect(page.Cell(2, 0)).ToHaveValueAsync("Plant.press-1.Running");
            await page.Cell(0, 0).FillAsync("温度");
            await page.Button("下一步").ClickAsync();
            await page.Button("试读").ClickAsync();
            await Expect(page.GetByText("3 / 3 个测点良好")).ToBeVisibleAsync();
            await page.Button("加入草稿").ClickAsync();

            await page.ApplyAsync("新增连接 opc-ua-press-1");
            await page.GoodReadingsAsync(plant, "press-1", "温度", "Plant.press-1.Parts", "Plant.press-1.Running");
        });
    }

    [PartnerFact("chromium")]
    public async Task An_unknown_certificate_is_shown_to_be_compared_and_trusted_on_the_spot()
    {
        await using SimulatedMachines machines = await SimulatedMachines.OpcUaAsync("basic256sha256");
        await using UiPlant plant = await UiPlant.StartAsync(PlantConfigs.AllInOne(0));
        await plant.WithPageAsync(new UiView { Role = UiRole.Engineer, Expected = ["502"] }, async page =>
        {
            await page.BeginDeviceAsync("press-1", "opc-ua");
            await page.GetByLabel("服务器地址").FillAsync($"opc.tcp://127.0.0.1:{machines.Port}");
            await page.Button("下一步").ClickAsync();
            await page.Button("浏览节点").ClickAsync();

            ILocator dialog = page.GetByRole(AriaRole.Dialog);
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("尚未信任此服务器");
            string thumbprint = Convert.ToHexString(SHA1.HashData(await File.ReadAllBytesAsync(Directory.GetFiles(plant.File("pki", "rejected"), "*.der").Single())));
            await Expect(dialog).ToContainTextAsync(string.Join(' ', thumbprint.Chunk(2).Select(pair => new string(pair))));
            await page.KeepAsync("opcua-trust");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "指纹一致，信任" }).ClickAsync();

            // The same dialog goes on with the tree.
            await Expect(dialog.GetByLabel("展开 Plant", new() { Exact = true })).ToBeVisibleAsync();
            Assert.Single(Directory.GetFiles(plant.File("pki", "trusted"), "*.der", SearchOption.AllDirectories));
        });
    }

    /// <summary>Opens the tree down to the machine.</summary>
    private static async Task<ILocator> OpenMachineAsync(IPage page)
    {
        await page.Button("浏览节点").ClickAsync();
        ILocator tree = page.GetByRole(AriaRole.Dialog);
        await tree.GetByLabel("展开 Plant", new() { Exact = true }).ClickAsync();
        await tree.GetByLabel("展开 press-1", new() { Exact = true }).ClickAsync();
        return tree;
    }
}
