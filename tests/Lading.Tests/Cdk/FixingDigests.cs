using Lading.Cdk;

namespace Lading.Tests.Cdk;

[Collection(JsiiCollection.Name)]
public sealed class FixingDigests : IDisposable
{
    private readonly CdkProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData("true")]
    public void The_context_gives_all_images_one_digest_and_needs_no_lock(object value)
    {
        var stack = CdkProject.Stack(project.App(("lading:fixed", value)), "111111111111");
        CdkProject.Task(stack, "web", "worker");

        Assert.Equal([Image("storefront/web"), Image("storefront/worker")], CdkProject.Images(stack));
        Assert.Empty(CdkProject.Errors(stack));
        Assert.Empty(CdkProject.Warnings(stack));
    }

    [Fact]
    public void A_test_asks_for_it_in_code()
    {
        var app = project.App(("lading:stale", "error"));
        LadingImages.UseFixedDigests(app);
        var stack = CdkProject.Stack(app);
        CdkProject.Task(stack, "web");

        Assert.Equal([Image("storefront/web")], CdkProject.Images(stack));
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void Locks_and_variables_of_the_machine_change_nothing()
    {
        project.WriteLock("dev");
        project.Variables["LADING_ENV"] = "dev";
        project.Variables["LADING_LOCK"] = "nowhere.json";
        var stack = CdkProject.Stack(project.App(("lading:fixed", true)), "111111111111");
        CdkProject.Task(stack, "web");

        Assert.Equal([Image("storefront/web")], CdkProject.Images(stack));
    }

    [Fact]
    public void Without_a_lading_json_the_image_has_no_project_in_its_name()
    {
        using var nowhere = new CdkProject(configuration: null);
        var stack = CdkProject.Stack(nowhere.App(("lading:fixed", true)));
        CdkProject.Task(stack, "web");

        Assert.Equal([Image("web")], CdkProject.Images(stack));
        Assert.Empty(CdkProject.Errors(stack));
    }

    [Fact]
    public void A_name_that_lading_json_does_not_know_is_still_an_error()
    {
        var stack = CdkProject.Stack(project.App(("lading:fixed", true)));
        CdkProject.Task(stack, "wbe");

        Assert.Contains("It has web, worker", Assert.Single(CdkProject.Errors(stack)), StringComparison.Ordinal);
    }

    private static string Image(string repository) =>
        $$"""{"Fn::Join":["",[{"Ref":"AWS::AccountId"},".dkr.ecr.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"},"/{{repository}}@sha256:{{new string('0', 64)}}"]]}""";
}
