using Lading.Shipping;

namespace Lading.Tests.Shipping;

/// <summary>Lines of output, as engines write them.</summary>
public sealed class FollowingABuild : IProgress<ShippingEvent>
{
    private ShippingEvent? told;

    void IProgress<ShippingEvent>.Report(ShippingEvent value) => told = value;

    [Theory]
    [InlineData("#7 [build 3/6] RUN dotnet publish", 3, 6, "RUN dotnet publish")]
    [InlineData("#12 [2/2] COPY . /srv", 2, 2, "COPY . /srv")]
    [InlineData(
        "#5 [linux/arm64 build 1/4] FROM docker.io/library/busybox:1.36",
        1,
        4,
        "FROM docker.io/library/busybox:1.36"
    )]
    [InlineData("STEP 2/3: RUN make", 2, 3, "RUN make")]
    [InlineData("[1/2] STEP 4/5: COPY a b", 4, 5, "COPY a b")]
    [InlineData("Step 3/12 : ENTRYPOINT [\"/x\"]", 3, 12, "ENTRYPOINT [\"/x\"]")]
    public void A_step_is_reported_with_its_number(string line, int done, int total, string text)
    {
        new BuildProgress("web", "docker", this).Report(line);

        Assert.Equal((done, total, text, line), (told!.Done, told.Total, told.Text, told.Output));
        Assert.Equal(("web", ShippingStage.Building), (told.Image, told.Stage));
    }

    [Theory]
    [InlineData("#7 1.204 Restored /src/web.csproj")]
    [InlineData("#2 [internal] load .dockerignore")]
    [InlineData("STEP by step")]
    [InlineData("")]
    public void Any_other_line_is_output(string line)
    {
        new BuildProgress("web", "docker", this).Report(line);

        Assert.Equal(line, told!.Output);
    }
}
