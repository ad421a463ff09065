using Lading.Configuration.Proposals;

namespace Lading.Tests.Configuration.Proposals;

public sealed class OfferingTwoLines
{
    private const string TypeScript = """
        #!/usr/bin/env node
        import * as cdk from 'aws-cdk-lib/core';
        import {
          ShopStack,
        } from '../lib/shop-stack';

        const app = new cdk.App();
        new ShopStack(app, 'ShopStack', {});

        """;

    private const string CSharp = """
        using Amazon.CDK;
        using Shop;

        var app = new App();
        _ = new ShopStack(app, "Shop");
        app.Synth();

        """;

    [Fact]
    public void A_TypeScript_app_gets_an_import_in_its_own_quotes_and_a_synthesizer()
    {
        var edit = Find("TypeScript", ("bin/shop.ts", TypeScript), ("lib/shop-stack.ts", "export class ShopStack {}"))!;

        Assert.Equal("bin/shop.ts", edit.Path);
        Assert.Equal("const app = new cdk.App();", edit.Before);
        Assert.Equal("const app = new cdk.App({ defaultStackSynthesizer: new LadingSynthesizer() });", edit.After);
        Assert.Equal(
            TypeScript
                .Replace(
                    "} from '../lib/shop-stack';",
                    "} from '../lib/shop-stack';\nimport { LadingSynthesizer } from 'lading-cdk';",
                    StringComparison.Ordinal
                )
                .Replace(edit.Before, edit.After, StringComparison.Ordinal),
            edit.Text
        );
    }

    [Fact]
    public void A_CSharp_app_gets_a_using_and_a_synthesizer()
    {
        var edit = Find("C#", ("src/Shop/Program.cs", CSharp))!;

        Assert.Equal(
            CSharp
                .Replace("using Shop;", "using Shop;\nusing Lading.Cdk;", StringComparison.Ordinal)
                .Replace(
                    "new App()",
                    "new App(new AppProps { DefaultStackSynthesizer = new LadingSynthesizer() })",
                    StringComparison.Ordinal
                ),
            edit.Text
        );
    }

    [Theory]
    [InlineData("src/Shop/Shop.csproj", "", "dotnet add src/Shop package Lading.Cdk")]
    [InlineData("src/Shop/Shop.csproj", "infra/", "dotnet add infra/src/Shop package Lading.Cdk")]
    [InlineData("src/Shop/Shop.csproj", "my shop/", "dotnet add \"my shop/src/Shop\" package Lading.Cdk")]
    [InlineData("Shop.csproj", "", "dotnet add package Lading.Cdk")]
    [InlineData("tests/Tests.csproj", "", "dotnet add package Lading.Cdk")]
    public void The_library_is_added_to_the_apps_project_from_the_current_folder(
        string project,
        string folder,
        string expected
    )
    {
        var edit = Find("C#", ("src/Shop/Program.cs", CSharp), (project, "<Project />"))!;

        Assert.Equal(expected, edit.InstallFrom(folder));
    }

    [Theory]
    [InlineData("", "npm install lading-cdk")]
    [InlineData("../infra/", "npm install --prefix ../infra lading-cdk")]
    public void The_library_is_added_to_the_apps_package_from_the_current_folder(string folder, string expected) =>
        Assert.Equal(expected, Find("TypeScript", ("bin/shop.ts", TypeScript))!.InstallFrom(folder));

    [Fact]
    public void Carriage_returns_stay()
    {
        var text = TypeScript.ReplaceLineEndings("\r\n");

        var edit = Find("TypeScript", ("bin/shop.ts", text))!;

        Assert.Equal(edit.Text, edit.Text.ReplaceLineEndings("\r\n"));
        Assert.EndsWith("();", edit.Before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("const app = new App({ outdir: 'x' });")]
    [InlineData("import { LadingImage } from 'lading-cdk'; const app = new App();")]
    [InlineData("const one = new App(); const two = new App();")]
    public void Nothing_is_offered_if_it_takes_more_than_a_line_or_is_already_done(string text) =>
        Assert.Null(Find("TypeScript", ("bin/shop.ts", text)));

    [Fact]
    public void Tests_and_declarations_are_not_an_app() =>
        Assert.Equal(
            "bin/shop.ts",
            Find(
                "TypeScript",
                ("bin/shop.ts", TypeScript),
                ("test/shop.test.ts", "new App()"),
                ("lib/shop.d.ts", "new App()")
            )?.Path
        );

    [Theory]
    [InlineData("Python")]
    [InlineData(null)]
    public void Nothing_is_offered_for_a_language_without_a_synthesizer(string? language) =>
        Assert.Null(Find(language, ("bin/shop.ts", TypeScript), ("app.py", "app = App()")));

    private static AppEdit? Find(string? language, params (string Path, string Text)[] files) =>
        AppEdit.Find(language, files.Select(file => file.Path), path => files.Single(file => file.Path == path).Text);
}
