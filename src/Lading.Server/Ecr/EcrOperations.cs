using Lading.Server.Ecr.Images;
using Lading.Server.Ecr.Layers;
using Lading.Server.Ecr.Lifecycle;
using Lading.Server.Ecr.Registries;
using Lading.Server.Ecr.Repositories;

namespace Lading.Server.Ecr;

/// <summary>The supported operations of the ECR API (2015-09-21).</summary>
internal static class EcrOperations
{
    /// <summary>An operation by name; null if it is not supported.</summary>
    public static IEcrOperation? Find(string name) =>
        name switch
        {
            "DescribePullThroughCacheRules" => new DescribePullThroughCacheRulesOperation(),
            "DescribeRegistry" => new DescribeRegistryOperation(),
            "DescribeRepositoryCreationTemplates" => new DescribeRepositoryCreationTemplatesOperation(),
            "GetAccountSetting" => new GetAccountSettingOperation(),
            "GetRegistryPolicy" => new GetRegistryPolicyOperation(),
            "GetAuthorizationToken" => new GetAuthorizationTokenOperation(),
            "CreateRepository" => new CreateRepositoryOperation(),
            "DeleteRepository" => new DeleteRepositoryOperation(),
            "DeleteRepositoryPolicy" => new DeleteRepositoryPolicyOperation(),
            "DescribeRepositories" => new DescribeRepositoriesOperation(),
            "GetRepositoryPolicy" => new GetRepositoryPolicyOperation(),
            "ListTagsForResource" => new ListTagsForResourceOperation(),
            "PutImageScanningConfiguration" => new PutImageScanningConfigurationOperation(),
            "PutImageTagMutability" => new PutImageTagMutabilityOperation(),
            "SetRepositoryPolicy" => new SetRepositoryPolicyOperation(),
            "TagResource" => new TagResourceOperation(),
            "UntagResource" => new UntagResourceOperation(),
            "BatchDeleteImage" => new BatchDeleteImageOperation(),
            "BatchGetImage" => new BatchGetImageOperation(),
            "DescribeImageScanFindings" => new DescribeImageScanFindingsOperation(),
            "DescribeImages" => new DescribeImagesOperation(),
            "ListImageReferrers" => new ListImageReferrersOperation(),
            "ListImages" => new ListImagesOperation(),
            "PutImage" => new PutImageOperation(),
            "UpdateImageStorageClass" => new UpdateImageStorageClassOperation(),
            "BatchCheckLayerAvailability" => new BatchCheckLayerAvailabilityOperation(),
            "CompleteLayerUpload" => new CompleteLayerUploadOperation(),
            "GetDownloadUrlForLayer" => new GetDownloadUrlForLayerOperation(),
            "InitiateLayerUpload" => new InitiateLayerUploadOperation(),
            "UploadLayerPart" => new UploadLayerPartOperation(),
            "DeleteLifecyclePolicy" => new DeleteLifecyclePolicyOperation(),
            "GetLifecyclePolicy" => new GetLifecyclePolicyOperation(),
            "GetLifecyclePolicyPreview" => new GetLifecyclePolicyPreviewOperation(),
            "PutLifecyclePolicy" => new PutLifecyclePolicyOperation(),
            "StartLifecyclePolicyPreview" => new StartLifecyclePolicyPreviewOperation(),
            _ => null,
        };
}
