using System.Text;
using Lading.Context.Dockerfiles;
using Lading.Oci;

namespace Lading.Tests.Context.Dockerfiles;

/// <summary>Dockerfiles assembled at random, from a seed so that a failure can be reproduced.</summary>
public class SurvivingOddDockerfiles
{
    private static readonly string[] Pieces =
    [
        "FROM ",
        "a",
        " AS ",
        "b",
        "\n",
        "\r\n",
        "\\\n",
        "\\",
        "`",
        "# escape=`\n",
        "# syntax=x\n",
        "# c\n",
        "ARG ",
        "A=1",
        "$A",
        "${A:-",
        "${",
        "}",
        "\"",
        "'",
        "RUN ",
        "COPY ",
        "--from=",
        "--mount=from=",
        " ",
        "<<E",
        "E\n",
        "ONBUILD ",
        "[\"",
        "\"]",
        "0",
        "\t",
        "ä",
        "\uFEFF",
        "=",
        ",",
    ];

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var random = new Random(20260101);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(random.Next(3) > 0 ? "FROM a AS b\n" : "");
            for (var length = random.Next(12); length > 0; length--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            try
            {
                var dockerfile = DockerfileReader.Parse(Encoding.UTF8.GetBytes(text.ToString()));
                _ = BaseImages.ReachedBy(
                    dockerfile,
                    null,
                    new Dictionary<string, string>(),
                    [Platform.LinuxAmd64],
                    new Dictionary<string, string>()
                );
                read++;
            }
            catch (FormatException failure)
            {
                Assert.NotEmpty(failure.Message);
            }
        }

        Assert.InRange(read, 1_000, 19_000);
    }
}
