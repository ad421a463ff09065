using System.Text;
using Lading.Configuration;
using Lading.Configuration.Proposals;

namespace Lading.Tests.Configuration.Proposals;

public class ProposingImages
{
    [Theory]
    [InlineData("Dockerfile", "shop")]
    [InlineData("src/web/Dockerfile", "web")]
    [InlineData("src/Shop.Web/Dockerfile", "shop-web")]
    [InlineData("web/docker/Dockerfile", "web")]
    [InlineData("api.Dockerfile", "api")]
    [InlineData("docker/Dockerfile.api", "api")]
    [InlineData("a/web/Dockerfile b/web/Dockerfile", "a-web b-web")]
    [InlineData("web/Dockerfile b/web/Dockerfile", "web b-web")]
    [InlineData("Dockerfile docker/Dockerfile", "shop shop-2")]
    public void Names_come_from_folders_and_are_all_different(string dockerfiles, string expected)
    {
        var names = ProposedNames.For(dockerfiles.Split(' '), "shop");

        Assert.All(names, name => Assert.True(ConfigurationReader.IsName(name)));
        Assert.Equal(expected.Split(' ').Order(), names.Order());
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Theory]
    [InlineData("COPY . .", "src/web")]
    [InlineData("COPY main.c util.* /src/", "src/web")]
    [InlineData("COPY src/web/main.c /src/", "")]
    [InlineData("COPY web/main.c shared/lib.c /src/", "src")]
    [InlineData("COPY [\"src/shared\", \"/x\"]", "")]
    [InlineData("ADD --chown=1:1 src/*/main.c /x", "")]
    [InlineData("COPY --from=build src/shared /x", "src/web")]
    [InlineData("ADD https://example.com/src/shared /x", "src/web")]
    [InlineData("COPY $DIR/src/shared /x", "src/web")]
    [InlineData("COPY <<EOF /x\nsrc/shared\nEOF", "src/web")]
    [InlineData("COPY main.c made-by-CI src/shared /x", "src/web")]
    [InlineData("COPY main.c /\nCOPY src/shared src/web /", "")]
    [InlineData("COPY nowhere /x", "src/web")]
    public void The_context_is_the_nearest_folder_with_everything_that_is_copied(string instructions, string expected)
    {
        var files = new TrackedFiles([
            "src/web/Dockerfile",
            "src/web/main.c",
            "src/web/util.h",
            "src/shared/lib.c",
            "README.md",
        ]);

        var proposals = ImageProposals.From(files, _ => Encoding.UTF8.GetBytes($"FROM a\n{instructions}\n"), "shop");

        Assert.Equal(expected, Assert.Single(proposals.Images).Context);
    }

    [Theory]
    [InlineData("dotnet run -p src/Infra/Infra.csproj", "C#", "src/Infra")]
    [InlineData("dotnet run --project src/Infra", "C#", "src/Infra")]
    [InlineData("lading run -- dotnet run --project infra/Infra.fsproj", "F#", "infra")]
    [InlineData("npx ts-node --prefer-ts-exts bin/app.ts", "TypeScript", "bin/app.ts")]
    [InlineData("node bin/app.js", "JavaScript", "bin/app.js")]
    [InlineData("python3 app.py", "Python", "app.py")]
    [InlineData("mvn -e -q compile exec:java", "Java", null)]
    [InlineData("go mod download && go run infra.go", "Go", "infra.go")]
    [InlineData("make", null, null)]
    public void The_command_of_an_app_tells_its_language(string command, string? language, string? place) =>
        Assert.Equal(
            new CdkApp(language, place),
            CdkApp.Parse(Encoding.UTF8.GetBytes($$"""{ "app": "{{command}}" }"""))
        );

    [Fact]
    public void A_draft_always_reads_without_errors()
    {
        foreach (
            var images in new ProposedImage[][]
            {
                [],
                [new("a", "a/b c/Dockerfile", "", ["x", "y"]), new("b", "b/ü", "b", [])],
            }
        )
        {
            var configuration = ConfigurationReader.Read(
                ConfigurationDraft.Format("p", "infra/cdk", images),
                "lading.json"
            );

            Assert.Equal(images.Select(image => image.Name), configuration.Images.Keys);
        }
    }
}
