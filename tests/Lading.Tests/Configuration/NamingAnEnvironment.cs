using System.Text;
using Lading.Configuration;

namespace Lading.Tests.Configuration;

/// <summary>
/// Naming an environment that <c>lading.json</c> lacks: the message shows how to add the first one, and corrects a
/// misspelt one.
/// </summary>
public sealed class NamingAnEnvironment
{
    [Fact]
    public void The_first_environment_is_shown_as_an_entry_to_copy() =>
        Assert.Equal(
            "It defines none but local, which is always there. Add one: \"environments\": { \"dev\": { \"account\": \"111111111111\", \"region\": \"eu-central-1\" } }",
            Remedy("dev", "{ }")
        );

    [Fact]
    public void For_a_misspelt_one_the_closest_is_suggested() =>
        Assert.StartsWith(
            "Did you mean prod?",
            Remedy("prd", """{ "prod": { "account": "222222222222", "region": "eu-central-1" } }""")
        );

    private static string Remedy(string name, string environments) =>
        Assert
            .Throws<LadingException>(() =>
                ConfigurationReader
                    .Read(
                        Encoding.UTF8.GetBytes(
                            $$"""{ "project": "shop", "images": { "web": { "context": "." } }, "environments": {{environments}} }"""
                        ),
                        "lading.json"
                    )
                    .GetEnvironment(name)
            )
            .Remedy;
}
