using Lading.Testing;

namespace Lading.Tests.Commands;

public sealed class ReadingTheCommandLine
{
    [Theory]
    [InlineData("plan has no option --platform", "plan", "--platform", "linux/amd64")]
    [InlineData("publish has no option --force", "publish", "web", "--force")]
    [InlineData("promote has no option --all", "promote", "dev", "--all")]
    public async Task An_unknown_option_is_not_mistaken_for_a_name(string said, params string[] arguments)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, arguments);

        Assert.Contains($"lading {said}", run.Failed(FailureKind.Usage).Error);
        Assert.Contains($"'lading {arguments[0]} --help'", run.Error);
    }

    [Theory]
    [InlineData("--publish is never or missing, not 'sometimes'", "run", "--publish", "sometimes", "--", "app")]
    [InlineData("--output is text or json, not 'yaml'", "plan", "--output", "yaml")]
    [InlineData("--port takes a number from 0 to 65535", "registry", "--port", "abc")]
    [InlineData("--port takes a number from 0 to 65535", "registry", "--port", "-1")]
    [InlineData("--port takes a number from 0 to 65535", "registry", "--port", "65536")]
    [InlineData("--listen takes an IP address", "registry", "--listen", "localhost")]
    [InlineData("--account takes an account id", "registry", "--account", "12")]
    [InlineData("lading bases update has no option --force", "bases", "update", "--force")]
    public async Task A_value_that_an_option_does_not_accept_is_reported_with_those_it_does(
        string said,
        params string[] arguments
    )
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, arguments);

        Assert.Contains(said, run.Failed(FailureKind.Usage).Error);
        Assert.DoesNotContain("System.", run.Error);
    }

    [Theory]
    [InlineData("lading has no command publsh. Did you mean publish?", "publsh")]
    [InlineData("lading has no command inspect. Did you mean 'lading image inspect'?", "inspect")]
    [InlineData("lading has no command frobnicate. It has init, plan, publish", "frobnicate")]
    [InlineData("lading has no command diff. Did you mean 'lading why IMAGE --from ENVIRONMENT'?", "diff")]
    [InlineData("lading has no command undo. Did you mean 'lading rollback'?", "undo", "--env", "prod")]
    [InlineData("Did you mean --env? 'lading publish --help' shows", "publish", "--envv", "dev")]
    [InlineData("lading image has no command inspct. Did you mean inspect?", "image", "inspct", "x")]
    [InlineData("lading publish has no option --envv. Did you mean --env?", "publish", "--envv", "dev")]
    [InlineData("lading publish has no option --engin. Did you mean --engine?", "publish", "--engin=docker")]
    [InlineData("lading promote needs <to>.\n  <to>  The environment that gets them.\n", "promote", "dev")]
    [InlineData("lading image copy needs <target>.\n  <target>  Where it goes.", "image", "copy", "a")]
    [InlineData("lading pin needs --reason <text>.\n  --reason <text>  Why", "pin", "web@HEAD")]
    [InlineData("lading promote needs <from> and <to>.\n  <from>  The environment that has", "promote")]
    public async Task Names_the_missing_argument_and_the_likely_verb(string said, params string[] arguments)
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, arguments);

        Assert.Contains(said, run.Failed(FailureKind.Usage).Error);
        Assert.DoesNotContain("Required argument", run.Error);
        Assert.DoesNotContain("Unrecognized", run.Error);
    }

    [Fact]
    public async Task The_help_for_deploy_says_what_goes_to_cdk()
    {
        using var folder = new TestFolder();

        var help = (await ToolRun.InAsync(folder.Path, "deploy", "--help")).Succeeded().Out;

        Assert.Contains("[-- <options for cdk>...]", help);
        Assert.DoesNotContain("]]", help);
        Assert.DoesNotContain("application that is being run", help);
    }

    [Fact]
    public async Task A_project_one_folder_further_down_is_named()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.Combine("infra"));
        await File.WriteAllTextAsync(folder.Combine("infra/lading.json"), "{}", TestContext.Current.CancellationToken);

        var run = await ToolRun.InAsync(folder.Path, "plan");

        Assert.Contains(
            "only below: infra. Run this in infra, or name the folder: lading -C infra …",
            run.Failed(FailureKind.Usage).Error
        );
    }

    [Fact]
    public async Task Of_many_projects_further_down_three_are_named()
    {
        using var folder = new TestFolder();
        foreach (var name in (string[])["a", "b", "c", "d", "e"])
        {
            Directory.CreateDirectory(folder.Combine(name));
            await File.WriteAllTextAsync(
                folder.Combine($"{name}/lading.json"),
                "{}",
                TestContext.Current.CancellationToken
            );
        }

        var run = await ToolRun.InAsync(folder.Path, "publish");

        Assert.Contains("only below: a, b, c and 2 more. Run this in a,", run.Failed(FailureKind.Usage).Error);
    }

    [Fact]
    public async Task A_bug_is_reported_in_a_sentence_and_with_verbose_its_stack_trace()
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, "image", "list", "oci:a\0b");
        var verbose = await ToolRun.InAsync(folder.Path, "image", "list", "oci:a\0b", "--verbose");

        Assert.Contains("fault of Lading", run.Failed(FailureKind.Failed).Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Contains("   at ", verbose.Failed(FailureKind.Failed).Error);
    }

    [Fact]
    public async Task A_missing_engine_is_reported_even_if_nothing_is_built()
    {
        using var repository = await TestRepository.CreateAsync();
        repository
            .Write("site/page", "hello")
            .Write(
                "lading.json",
                """{ "project": "p", "images": { "site": { "assemble": { "sources": ["site/"], "base": "scratch", "copy": { "site/": "/srv/" } } } } }"""
            );
        await repository.CommitAsync("One");

        var run = await ToolRun.InAsync(repository.Folder, "publish", "--engine", "rocket");

        Assert.Contains("Could not build with rocket, which --engine names", run.Failed(FailureKind.Usage).Error);
        Assert.False(Directory.Exists(Path.Combine(repository.Folder, ".lading", "registry")));
        (await ToolRun.InAsync(repository.Folder, "publish")).Succeeded();
    }

    [Fact]
    public async Task A_file_is_not_a_store()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.Combine("notes"), "mine", TestContext.Current.CancellationToken);

        var run = await ToolRun.InAsync(folder.Path, "registry", "--port", "0", "--store", "notes");

        Assert.Contains("it is a file", run.Failed(FailureKind.Usage).Error);
    }

    [Fact]
    public async Task Options_of_an_app_are_not_checked()
    {
        using var folder = new TestFolder();

        var run = await ToolRun.InAsync(folder.Path, "run", "--", "app", "--platform");

        Assert.DoesNotContain("has no option", run.Error);
    }
}
