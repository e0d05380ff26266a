namespace EdgeAgent.Assessment.Evidence;

/// <summary>The text that a person finds on opening a pack.</summary>
internal static class PackReadme
{
    public const string Text = """
        佐证数据包 / Evidence pack

        本数据包可离线核验：edgeagent evidence verify 本文件 --key hub.pub --key agent.pub
        核验程序重新计算每个数字，任何改动都会指出文件和位置。请勿解压后重新压缩。

        metrics.json         指标结果            coverage.csv   逐台设备覆盖率
        ledger.csv           设备台账            bindings.csv   采集点与设备的对应
        accounts.csv         逐台逐时采集账      gaps.csv       缺失记录
        samples.csv          随机抽取的原始数据  rulepack.json  规则包
        accounts-before.csv  统计期之前的采集账（由平台陈述，批次不在本包内）
        observed.json        数值汇总、最新值、时钟抽样（由平台陈述）
        ledger/, points.csv, baseline.json  台账来源、采集点表、改造前基线
        batches/             采集端签名的原始批次，逐字节保存
        definitions/         采集配置历史
        challenges.jsonl     现场挑战测试的原始记录；challenges.csv 为其列表，标明评审员的测试与企业自测
        keys/                公钥                manifest.json, manifest.sig  清单与签名

        Check it offline: edgeagent evidence verify PACK --key hub.pub --key agent.pub
        Get the public keys by another way than this file. Do not unpack and pack again: the container is part of what is checked.

        """;
}
