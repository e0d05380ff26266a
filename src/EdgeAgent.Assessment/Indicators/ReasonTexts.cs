using EdgeAgent.Assessment.Findings;

namespace EdgeAgent.Assessment.Indicators;

/// <summary>What reason codes say to people: why the asset does not count, in Chinese and in English.</summary>
public static class ReasonTexts
{
    public static BilingualText Text(ReasonCode code) => code switch
    {
        ReasonCode.NoBinding => new("未绑定：没有采集设备绑定到该资产", "No device of any agent is bound to the asset"),
        ReasonCode.NotSeen => new("未见：已绑定设备，但统计窗口内没有任何采集记录", "A device is bound, and no account of the window speaks of it"),
        ReasonCode.NoData => new("无数据：统计窗口内没有合格读数", "Not one good reading came in the window"),
        ReasonCode.LowCoverage => new("完整率不足：合格读数占应采读数的比例低于规则要求", "Too small a share of the expected readings was good"),
        ReasonCode.FewDays => new("天数不足：有合格读数的天数少于规则要求", "Good readings on too few days"),
        ReasonCode.FewReadings => new("读数过少：合格读数总数少于规则要求", "Too few good readings in all"),
        ReasonCode.Frozen => new("数据不变：有读数，但数值从未变化", "Good readings, and no value ever changed"),
        ReasonCode.ProbeOnly => new("仅连通：地址有应答，但没有读到数据", "Something answers at its address, and nothing was read from it"),
        ReasonCode.Simulated => new("模拟数据：读数来自模拟器或回放，不计入", "Readings of a simulator or a replay, which never count"),
        ReasonCode.Imported => new("导入数据：读数来自文件，不计入", "Readings from a file, which never count"),
        ReasonCode.SharedAddress => new("一址多机：同一地址还绑定了其他资产", "Its physical address is bound to another asset as well"),
        ReasonCode.IdenticalSeries => new("曲线相同：曲线与另一资产完全一致", "Its series go through the course of another asset's"),
        ReasonCode.Retired => new("已退役", "Retired at or before the report instant"),
        ReasonCode.ExcludedStatus => new("状态不计入：台账状态不在统计范围", "Its status is not one that counts"),
        ReasonCode.ExcludedCategory => new("类别不计入：设备类别不在统计范围", "Its category is not one that counts"),
        ReasonCode.NotCommissioned => new("尚未投用", "Commissioned after the report instant"),
        ReasonCode.NotDigital => new("非数字化设备：已联网，但没有数字化依据", "Networked, and nothing shows that it is digital"),
        ReasonCode.Pending => new("待观察：投用或绑定时间太短", "Commissioned or bound too short a time ago"),
        _ => new("时钟偏差：采集端时钟不准", "Its agent's clock was wrong"),
    };
}
