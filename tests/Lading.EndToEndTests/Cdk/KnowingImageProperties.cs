using System.Text.Json;
using Lading.Processes;
using Lading.Testing;

namespace Lading.EndToEndTests.Cdk;

/// <summary>
/// Compares the table of properties that name an image with the specification that ships with the CDK.
/// </summary>
[Collection(Storefront.Packages)]
public sealed class KnowingImageProperties
{
    [Fact]
    public async Task The_table_has_everything_that_the_specification_calls_an_image()
    {
        Requires.Node();
        var result = await CheckAsync(await SpecificationAsync());

        Assert.True(result.ExitCode == 0, result.Text + result.Error);
    }

    [Fact]
    public async Task The_check_finds_what_a_newer_specification_adds()
    {
        Requires.Node();
        using var folder = new TestFolder();
        var specification = folder.Combine("db.json");
        await File.WriteAllTextAsync(
            specification,
            JsonSerializer.Serialize(
                new
                {
                    schema = new
                    {
                        resource = new
                        {
                            entities = new[]
                            {
                                new
                                {
                                    cloudFormationType = "AWS::New::Thing",
                                    properties = new Dictionary<string, object>
                                    {
                                        ["Image"] = Property("The container image."),
                                        ["ImageId"] = Property("The ID of the AMI, not of a container."),
                                        ["Logo"] = Property("An image."),
                                    },
                                },
                            },
                        },
                        typeDefinition = new { entities = Array.Empty<object>() },
                    },
                }
            ),
            TestContext.Current.CancellationToken
        );

        var result = await CheckAsync(specification);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("not in the table: AWS::New::Thing Image\nRun 'node ", result.Text, StringComparison.Ordinal);
    }

    private static object Property(string documentation) => new { type = new { type = "string" }, documentation };

    private static Task<ProgramResult> CheckAsync(string specification) =>
        RunAsync("node", SourceTree.Root, SourceTree.PathOf("eng/image-properties.mjs"), specification, "--check");

    /// <summary>
    /// The specification in the CDK command line that the sample uses, which is installed if necessary.
    /// </summary>
    private static async Task<string> SpecificationAsync()
    {
        var sample = SourceTree.PathOf("samples/storefront");
        var specification = Path.Combine(sample, "node_modules", "aws-cdk", "db.json.gz");
        if (!File.Exists(specification))
        {
            var result = await RunAsync("npm", sample, "ci", "--no-audit", "--no-fund", "--loglevel=error");
            if (result.ExitCode != 0)
            {
                Requires.Missing($"the CDK could not be installed: {result.Error.Trim()}", "Check that npm works.");
            }
        }

        return specification;
    }

    private static Task<ProgramResult> RunAsync(string program, string folder, params string[] arguments) =>
        ProgramRunner.RunAsync(
            new ProgramCall(program, arguments) { WorkingDirectory = folder },
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
}
