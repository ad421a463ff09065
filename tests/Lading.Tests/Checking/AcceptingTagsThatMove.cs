using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Checking;

public sealed class AcceptingTagsThatMove
{
    [Theory]
    [InlineData("\"warn\"", "anything/at:all", true)]
    [InlineData("\"fail\"", "anything/at:all", false)]
    [InlineData("{ \"public.ecr.aws/datadog/agent:7\": \"warn\" }", "public.ecr.aws/datadog/agent:7", true)]
    [InlineData("{ \"public.ecr.aws/datadog/agent:7\": \"warn\" }", "public.ecr.aws/datadog/agent:8", false)]
    [InlineData("{ \"public.ecr.aws/datadog/agent:7\": \"fail\" }", "public.ecr.aws/datadog/agent:7", false)]
    [InlineData("{ \"public.ecr.aws/datadog/agent\": \"warn\" }", "public.ecr.aws/datadog/agent:8", true)]
    [InlineData("{ \"public.ecr.aws/datadog/agent\": \"warn\" }", "public.ecr.aws/datadog/agent-x:8", false)]
    [InlineData("{ \"docker.io/library/nginx:1\": \"warn\" }", "nginx:1", true)]
    [InlineData("{ \"nginx:latest\": \"warn\" }", "nginx", true)]
    [InlineData("{ \"nginx\": \"warn\" }", "${AccountId}.dkr.ecr.${Region}.${URLSuffix}/nginx:1", false)]
    public void Accepts_the_images_that_lading_json_names(string mutable, string reference, bool isAccepted)
    {
        var json = $$"""{ "project": "p", "images": {}, "check": { "mutable": {{mutable}} } }""";

        var configuration = ConfigurationReader.Read(Encoding.UTF8.GetBytes(json), "lading.json");

        Assert.Equal(isAccepted, configuration.Check.AcceptsMoving(reference));
    }

    [Fact]
    public void By_default_none_is_accepted() => Assert.False(CheckSettings.Strict.AcceptsMoving("nginx:1"));
}
