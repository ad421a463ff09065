using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

/// <summary>Documents that nobody would think of, generated from a seed so that a failure can be reproduced.</summary>
public class SurvivingOddConfigurations
{
    private const int Seed = 20260101;

    private static readonly string[] Between =
    [
        "",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\n\n    ",
        "// a, } \"b\n",
        "/* , { */",
        "/* a\n , */",
        " // x\r\n  ",
    ];

    private static readonly Hold Hold = new("4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a", "why");

    [Fact]
    public void Damaged_documents_are_read_or_refused_and_never_break_the_reader()
    {
        var random = new Random(Seed);
        var documents = AcceptedDocuments.All.Concat(RefusedDocuments.All.Select(document => document.Json)).ToList();
        for (var round = 0; round < 2_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(documents[random.Next(documents.Count)]).ToList();
            for (var damage = random.Next(1, 4); damage > 0 && bytes.Count > 0; damage--)
            {
                Damage(bytes, random);
            }

            try
            {
                Assert.NotNull(ConfigurationReader.Read(bytes.ToArray(), "lading.json"));
            }
            catch (LadingException failure)
            {
                Assert.Equal(FailureKind.Usage, failure.Kind);
                Assert.StartsWith("lading.json:", failure.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Holding_and_letting_go_gives_back_the_same_bytes_whatever_the_layout()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 2_000; round++)
        {
            string Gap() => Between[random.Next(Between.Length)];
            string Comma() => random.Next(2) == 0 ? $"{Gap()},{Gap()}" : Gap();
            var members = random.Next(3) switch
            {
                0 => $"\"context\" :{Gap()}\"a\"",
                1 => $"\"context\":\"a\"{Gap()},{Gap()}\"epoch\"\n:1",
                _ => $"\"args\":{{{Gap()}}}{Gap()},{Gap()}\"context\":\"a\"",
            };
            var json =
                $"{Gap()}{{\"project\":\"p\",\"images\":{{\"web\":{Gap()}{{{Gap()}{members}{Comma()}}}{Comma()}}}{Comma()}}}{Gap()}";
            var before = Encoding.UTF8.GetBytes(json);

            var held = ConfigurationEdit.SetHold(before, "lading.json", "web", Hold);
            var after = ConfigurationEdit.SetHold(held, "lading.json", "web", null);

            Assert.Equal(Hold, ConfigurationReader.Read(held, "lading.json").Images["web"].Hold);
            Assert.Equal(json, Encoding.UTF8.GetString(after.Span));
        }
    }

    private static void Damage(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(5))
        {
            case 0:
                bytes.RemoveAt(at);
                break;
            case 1:
                bytes.Insert(at, (byte)"{}[]\",:/*\\\n0a\xC3 "[random.Next(15)]);
                break;
            case 2:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                var length = random.Next(bytes.Count - at);
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            default:
                bytes.RemoveRange(at, random.Next(bytes.Count - at));
                break;
        }
    }
}
