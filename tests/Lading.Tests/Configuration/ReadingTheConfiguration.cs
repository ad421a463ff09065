using System.Text;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Tests.Configuration;

public class ReadingTheConfiguration
{
    private const string Commit = "4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a";

    [Fact]
    public void An_image_needs_only_its_context()
    {
        var configuration = Read("""{ "project": "storefront", "images": { "web": { "context": "src/web/" } } }""");

        Assert.Equal("storefront", configuration.Project);
        Assert.Empty(configuration.Aliases);
        var web = Assert.IsType<BuiltImage>(configuration.Images["web"]);
        Assert.Equal(("src/web", "src/web/Dockerfile"), (web.Context, web.Dockerfile));
        Assert.Equal("storefront/web", web.Repository.Value);
        Assert.Equal([Platform.LinuxAmd64], web.Platforms);
        Assert.Equal((null, 0, null), (web.Target, web.Epoch, web.Hold));
        Assert.Empty(web.Args);
    }

    [Fact]
    public void An_image_built_from_a_Dockerfile_says_how()
    {
        var worker = Assert.IsType<BuiltImage>(
            ReadImage(
                """
                "context": ".", "dockerfile": "src/./worker/Dockerfile", "target": "final",
                "args": { "EMPTY": "", "CONFIGURATION": "Release" },
                "secrets": { "npmrc": { "file": "~/.npmrc" }, "token": { "env": "NPM_TOKEN" } },
                "ssh": ["default"],
                "contexts": { "shared": "../shared", "tools": "docker-image://docker.io/library/busybox:1.36" },
                "repository": "shop/background/worker", "platforms": ["linux/arm64/v8", "linux/amd64"], "epoch": 3,
                "hold": { "revision": "4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a4e1c0d2a", "reason": "Slow" }, /* a while */
                """
            )
        );

        Assert.Equal((".", "src/worker/Dockerfile", "final"), (worker.Context, worker.Dockerfile, worker.Target));
        Assert.Equal([new("CONFIGURATION", "Release"), new("EMPTY", "")], worker.Args);
        Assert.Equal(new BuildSecret(null, "~/.npmrc"), worker.Secrets["npmrc"]);
        Assert.Equal(new BuildSecret("NPM_TOKEN", null), worker.Secrets["token"]);
        Assert.Equal(["default"], worker.Ssh);
        Assert.Equal("../shared", worker.Contexts["shared"]);
        Assert.Equal("docker-image://docker.io/library/busybox:1.36", worker.Contexts["tools"]);
        Assert.Equal("shop/background/worker", worker.Repository.Value);
        Assert.Equal([Platform.LinuxAmd64, Platform.LinuxArm64], worker.Platforms);
        Assert.Equal((3, new Hold(Commit, "Slow")), (worker.Epoch, worker.Hold));
    }

    [Fact]
    public void An_assembled_image_says_what_is_in_it()
    {
        var site = Assert.IsType<AssembledImage>(
            ReadImage(
                """
                "assemble": {
                  "sources": ["src/site/", "src/./shared/a.txt", "."], "run": "npm ci", "base": "scratch",
                  "copy": { "dist/": "/srv/", "a.txt": "/etc//b.txt", "*.html": "/" },
                  "user": "1000:1000", "workdir": "/srv/", "env": { "PORT": "8080" },
                  "entrypoint": ["/srv/serve"], "cmd": [], "ports": [8080, "53/udp"], "labels": { "a.b": "c" }
                }
                """
            )
        );

        Assert.Equal(["src/site/", "src/shared/a.txt", "./"], site.Sources);
        Assert.Equal([new("dist/", "/srv/"), new("a.txt", "/etc/b.txt"), new("*.html", "/")], site.Copy);
        Assert.Equal(
            ("npm ci", "scratch", "1000:1000", "/srv"),
            (site.Run, site.Base, site.User, site.WorkingDirectory)
        );
        Assert.Equal([new("PORT", "8080")], site.Env);
        Assert.Equal([new("a.b", "c")], site.Labels);
        Assert.Equal(["/srv/serve"], site.Entrypoint);
        Assert.Equal([], site.Command);
        Assert.Equal(["8080/tcp", "53/udp"], site.Ports);
    }

    [Fact]
    public void Without_a_command_the_copied_files_are_the_sources()
    {
        var site = Assert.IsType<AssembledImage>(
            ReadImage(
                """
                "assemble": {
                  "base": "docker.io/library/busybox:1.36",
                  "copy": { "src/site/": "/srv/", "a.txt": "/a.txt", "conf/*.json": "/conf/", "*.md": "/docs/" }
                }
                """
            )
        );

        Assert.Equal(["src/site/", "a.txt", "conf/*.json", "*.md"], site.Sources);
        Assert.Null(site.Entrypoint);
    }

    [Fact]
    public void A_mirrored_image_has_no_configured_platforms()
    {
        var envoy = Assert.IsType<MirroredImage>(ReadImage("\"from\": \"docker.io/envoyproxy/envoy:v1.31\""));

        Assert.Equal("docker.io/envoyproxy/envoy:v1.31", envoy.From);
        Assert.Empty(envoy.Platforms);
    }

    [Fact]
    public void Environments_say_where_images_live()
    {
        var configuration = Read(
            """
            {
              "project": "storefront", "images": {}, "aliases": ["{branch}", "v-{commit}"],
              "environments": {
                "dev": { "account": "111111111111", "region": "ap-northeast-1", "profile": "storefront-dev" },
                "prod": { "account": "222222222222", "region": "us-gov-west-1", "promoteFrom": "dev",
                          "registry": "333333333333", "repositories": "cdk" },
                "lab": { "registry": "registry.lab:5000", "insecure": true },
              }
            }
            """
        );

        Assert.Equal(["{branch}", "v-{commit}"], configuration.Aliases);
        Assert.Equal(["dev", "lab", "local", "prod"], configuration.Environments.Keys);
        Assert.True(configuration.Environments["local"].IsEmbedded);
        Assert.Equal(
            new EnvironmentDefinition
            {
                Name = "prod",
                Account = "222222222222",
                Region = "us-gov-west-1",
                PromoteFrom = "dev",
                Registry = "333333333333",
                Repositories = RepositoryOwner.Cdk,
            },
            configuration.Environments["prod"]
        );
        Assert.True(configuration.Environments["lab"].Insecure);
    }

    [Fact]
    public void A_byte_order_mark_and_comments_are_ignored() =>
        Assert.Equal("a", Read("\uFEFF// first\n{ /* b */ \"project\": \"a\", \"images\": {}, }\n// last").Project);

    private static LadingConfiguration Read(string json) =>
        ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json");

    private static ImageDefinition ReadImage(string members) =>
        Read($$"""{ "project": "p", "images": { "one": { {{members}} } } }""").Images["one"];
}
