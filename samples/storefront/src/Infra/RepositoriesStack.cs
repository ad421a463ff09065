using Amazon.CDK;
using Constructs;
using Lading.Cdk;

namespace Storefront.Infra;

/// <summary>The repositories of all images in lading.json, if CloudFormation owns them.</summary>
internal sealed class RepositoriesStack : Stack
{
    public RepositoriesStack(Construct scope, string id, IStackProps props)
        : base(scope, id, props)
    {
        // One for each image of lading.json.
        ImageRepository.ForEachImage(this, new ImageRepositoryProps { PullOrganizations = ["o-a1b2c3d4e5"] });
    }
}
