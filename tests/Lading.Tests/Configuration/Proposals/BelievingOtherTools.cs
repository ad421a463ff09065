using System.Text;
using Lading.Configuration.Proposals;

namespace Lading.Tests.Configuration.Proposals;

/// <summary>
/// What compose files, bake files, CDK code and workflows say about a Dockerfile's context is believed; the rest is
/// guessed, and marked as a guess.
/// </summary>
public sealed class BelievingOtherTools
{
    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["svc/Dockerfile"] = "FROM node\nCOPY . .\n",
        ["svc/a"] = "",
        ["package.json"] = "",
    };

    [Theory]
    [InlineData("compose.yaml", "services:\n  web: { build: { context: ., dockerfile: svc/Dockerfile } }\n")]
    [InlineData(
        "docker-compose.yml",
        "services:\n  web:\n    image: x\n    build:\n      args:\n        context: no\n      context: ./ # top\n      dockerfile: \"svc/Dockerfile\"\n    ports: []\n"
    )]
    [InlineData("compose.prod.yml", "services:\n  web:\n    build: { dockerfile: ./svc/Dockerfile, context: '.' }\n")]
    [InlineData(
        "deploy/docker-compose.override.yaml",
        "services:\n  web:\n    build:\n      context: ..\n      dockerfile: svc/Dockerfile\n"
    )]
    [InlineData(
        "docker-bake.hcl",
        "variable \"X\" { default = \"y\" }\ntarget \"web\" {\n  contexts = { shared = \"./svc\" }\n  context = \".\"\n  dockerfile = \"svc/Dockerfile\"\n}\n"
    )]
    [InlineData(
        "docker-bake.json",
        """{ "target": { "web": { "context": ".", "dockerfile": "svc/Dockerfile", "tags": ["x"] } } }"""
    )]
    [InlineData(
        ".github/workflows/build.yml",
        "jobs:\n  b:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          fetch-depth: 0\n      - uses: docker/build-push-action@v6\n        with:\n          context: .\n          file: svc/Dockerfile\n          push: true\n"
    )]
    public void A_file_that_names_the_context_is_believed(string path, string text)
    {
        var web = Assert.Single(Propose(new(Plain) { [path] = text }).Images);

        Assert.Equal("", web.Context);
        Assert.Equal(path, web.ContextSource);
        Assert.False(web.IsGuessed);
    }

    [Theory]
    [InlineData(
        "infra/app.ts",
        "new DockerImageAsset(this, 'x', { directory: 'y' }); ContainerImage.fromAsset('../', { file: 'svc/Dockerfile' })"
    )]
    [InlineData("infra/App.cs", "ContainerImage.FromAsset(\"..\", new AssetImageProps { File = \"svc/Dockerfile\" })")]
    [InlineData("infra/app.py", "ecs.ContainerImage.from_asset(\"..\", file=\"svc/Dockerfile\")")]
    public void An_asset_of_the_app_is_believed(string path, string text)
    {
        var web = Assert.Single(Propose(new(Plain) { ["infra/cdk.json"] = "{}", [path] = text }).Images);

        Assert.Equal(("", path), (web.Context, web.ContextSource));
    }

    [Theory]
    [InlineData("compose.yaml", "services:\n  web:\n    build: ${CONTEXT}\n")]
    [InlineData("compose.yaml", "services:\n  web:\n    build: https://example.com/x.git\n")]
    [InlineData("compose.yaml", "services:\n  web:\n    build: ../../elsewhere\n")]
    [InlineData("compose.yaml", "services: [\n")]
    [InlineData("docker-bake.json", "not JSON")]
    [InlineData("docker-bake.hcl", "target \"web\" { context = \".\"")]
    [InlineData("notes.yaml", "build: { context: ., dockerfile: svc/Dockerfile }")]
    public void Unsuitable_folders_are_skipped_and_the_rest_is_guessed(string path, string text)
    {
        var web = Assert.Single(Propose(new(Plain) { [path] = text }).Images);

        Assert.Equal("svc", web.Context);
        Assert.Null(web.ContextSource);
        Assert.True(web.IsGuessed);
    }

    [Theory]
    [InlineData("docker-bake.hcl", "target \"a\" {\n dockerfile = \"svc/Dockerfile\"\n target = \"Prod\"\n}\n", "Prod")]
    [InlineData(
        "docker-bake.json",
        """{ "target": { "a": { "dockerfile": "svc/Dockerfile", "target": "prod" } } }""",
        "prod"
    )]
    [InlineData(
        ".github/workflows/b.yml",
        "jobs:\n  b:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          file: svc/Dockerfile\n          target: prod\n",
        "prod"
    )]
    [InlineData(
        "docker-bake.hcl",
        "target \"a\" {\n dockerfile = \"svc/Dockerfile\"\n target = \"prod\"\n}\ntarget \"b\" {\n dockerfile = \"svc/Dockerfile\"\n}\n",
        null
    )]
    [InlineData("docker-bake.hcl", "target \"a\" {\n dockerfile = \"svc/Dockerfile\"\n target = \"${X}\"\n}\n", null)]
    [InlineData(
        "compose.yaml",
        "services:\n  web:\n    build: { context: ., dockerfile: svc/Dockerfile, target: prod }\n",
        null
    )]
    public void A_stage_that_every_real_build_names_is_the_target(string path, string text, string? target)
    {
        var files = new Dictionary<string, string>(Plain)
        {
            ["svc/Dockerfile"] = "FROM node AS prod\nCOPY . .\nFROM prod AS test\nRUN true\n",
            [path] = text,
        };

        Assert.Equal(target, Assert.Single(Propose(files).Images).Target);
    }

    [Fact]
    public void A_folder_with_everything_that_is_copied_is_not_a_guess()
    {
        var web = Assert.Single(Propose(new(Plain) { ["svc/Dockerfile"] = "FROM node\nCOPY a /a\n" }).Images);

        Assert.Equal(("svc", false), (web.Context, web.IsGuessed));
    }

    [Fact]
    public void Exceptions_of_the_ignore_file_tell_where_the_context_is()
    {
        var job = Assert.Single(
            Propose(
                new(StringComparer.Ordinal)
                {
                    ["docker/job.Dockerfile"] = "FROM node:24\nCOPY ./ ./\n",
                    ["docker/job.Dockerfile.dockerignore"] = "*\n!packages/shared\n!package*.json\n",
                    ["packages/shared/b.ts"] = "",
                    ["package.json"] = "",
                }
            ).Images
        );

        Assert.Equal(("", true), (job.Context, job.IsGuessed));
    }

    [Fact]
    public void Named_contexts_of_a_bake_file_are_taken_over()
    {
        var proposals = Propose(
            new(StringComparer.Ordinal)
            {
                ["app/Dockerfile"] = "FROM busybox:1.36\nCOPY --from=templates / /t\n",
                ["templates/t"] = "",
                ["docker-bake.hcl"] =
                    "target \"app\" { context = \"app\"\n contexts = { templates = \"./templates\", base = \"target:base\" } }\n",
            }
        );

        var app = Assert.Single(proposals.Images);
        Assert.Equal([KeyValuePair.Create("templates", "templates")], app.Contexts);
        Assert.Equal(
            "{ \"context\": \"../app\", \"contexts\": { \"templates\": \"../templates\" } }",
            ConfigurationDraft.Entry(app, "infra")
        );
    }

    private static ImageProposals Propose(Dictionary<string, string> files) =>
        ImageProposals.From(new TrackedFiles(files.Keys), path => Encoding.UTF8.GetBytes(files[path]), "project");
}
