using System.Text;
using EdgeAgent.Assessment.Ledger;

namespace EdgeAgent.Assessment.Tests.Ledger;

/// <summary>Whatever bytes a file holds, reading it ends with a ledger or with problems, and never with an exception.</summary>
public sealed class LedgerRobustnessTests
{
    private const int Mutations = 100_000;

    private static readonly byte[] Sample = Encoding.UTF8.GetBytes("""
        资产编号,设备名称,设备类别,状态,投用日期,退役日期,数字化依据,佐证材料
        A-001,"冲床, 一号",生产设备,在用,2020-01-01,,PLC;机器人,"铭牌.jpg
        合同"
        A-002,注塑机,辅助生产设备,备用,2020/1/1,2030年1月1日,加装监测,
        """);

    private static readonly string[] Pieces = ["\"", "\"\"", ",", "\n", "\r\n", "=", "\0", "﻿", "\t", ";", "A-001", "在用", "2020-01-01", "\u001b[2J", new string('长', 300)];

    [Fact]
    public void Damaged_files_end_in_problems()
    {
        Random random = new(20251120);
        int accepted = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] file = Mutate(random);
            LedgerImport import = LedgerCsv.Read(file);
            Assert.True(import.Ledger is null == import.Problems.Count > 0);
            Assert.All(import.Problems, p => Assert.DoesNotContain(p.ToString(), c => char.IsControl(c)));
            accepted += import.Ledger is null ? 0 : 1;
        }

        Assert.InRange(accepted, 1, Mutations - 1); // both outcomes must have been tried
    }

    private static byte[] Mutate(Random random)
    {
        List<byte> file = [.. Sample];
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(file.Count);
            switch (random.Next(4))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file.RemoveRange(at, random.Next(Math.Min(40, file.Count - at)));
                    break;
                case 2:
                    file.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    file.InsertRange(at, file.GetRange(at, random.Next(file.Count - at)));
                    break;
            }
        }

        return [.. file];
    }
}
