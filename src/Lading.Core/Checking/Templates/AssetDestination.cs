using System.Text.Json;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>Where CDK pushes an image asset.</summary>
/// <param name="Repository">With the CDK's placeholders: <c>cdk-hnb659fds-container-assets-${AWS::AccountId}-${AWS::Region}</c>.</param>
/// <param name="Tag">The asset's hash by default.</param>
internal sealed record AssetDestination(string Repository, string Tag)
{
    /// <summary>The repository of <c>LadingSynthesizer</c>, which is literal and has no publishing role; null for any other.</summary>
    public RepositoryName? OwnRepository { get; private init; }

    /// <summary>Reads the images of an asset manifest.</summary>
    public static IEnumerable<AssetDestination> ReadImages(JsonElement manifest)
    {
        if (!JsonMembers.TryGet(manifest, out var images, "dockerImages"))
        {
            yield break;
        }

        foreach (var image in JsonMembers.MembersOf(images).Select(member => member.Value))
        {
            if (!JsonMembers.TryGet(image, out var destinations, "destinations"))
            {
                continue;
            }

            foreach (var destination in JsonMembers.MembersOf(destinations).Select(member => member.Value))
            {
                if (
                    JsonMembers.TryGet(destination, out var repository, "repositoryName")
                    && JsonMembers.TryGet(destination, out var tag, "imageTag")
                )
                {
                    yield return new AssetDestination(repository.ToString(), tag.ToString())
                    {
                        OwnRepository =
                            !JsonMembers.TryGet(destination, out _, "assumeRoleArn")
                            && RepositoryName.TryParse(repository.ToString(), out var name)
                                ? name
                                : null,
                    };
                }
            }
        }
    }

    /// <summary>The path in the ECR of an account and region.</summary>
    public string PathAt(StackEnvironment environment)
    {
        var path = $"{Repository}:{Tag}";
        foreach (var name in (string[])["AWS::AccountId", "AWS::Region", "AWS::Partition"])
        {
            path = path.Replace($"${{{name}}}", environment.Find(name), StringComparison.Ordinal);
        }

        return path;
    }
}
