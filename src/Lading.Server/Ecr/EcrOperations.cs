using Lading.Server.Ecr.Images;
using Lading.Server.Ecr.Layers;
using Lading.Server.Ecr.Lifecycle;
using Lading.Server.Ecr.Registries;
using Lading.Server.Ecr.Repositories;

namespace Lading.Server.Ecr;

/// <summary>The operations of the ECR API (2015-09-21) that are answered.</summary>
internal static class EcrOperations
{
    /// <summary>An operation by its name; null if it is not answered.</summary>
    public static IEcrOperation? Find(string name) =>
        name switch
        {
            nameof(DescribePullThroughCacheRules) => new DescribePullThroughCacheRules(),
            nameof(DescribeRegistry) => new DescribeRegistry(),
            nameof(DescribeRepositoryCreationTemplates) => new DescribeRepositoryCreationTemplates(),
            nameof(GetAccountSetting) => new GetAccountSetting(),
            nameof(GetAuthorizationToken) => new GetAuthorizationToken(),
            nameof(CreateRepository) => new CreateRepository(),
            nameof(DeleteRepository) => new DeleteRepository(),
            nameof(DeleteRepositoryPolicy) => new DeleteRepositoryPolicy(),
            nameof(DescribeRepositories) => new DescribeRepositories(),
            nameof(GetRepositoryPolicy) => new GetRepositoryPolicy(),
            nameof(ListTagsForResource) => new ListTagsForResource(),
            nameof(PutImageScanningConfiguration) => new PutImageScanningConfiguration(),
            nameof(PutImageTagMutability) => new PutImageTagMutability(),
            nameof(SetRepositoryPolicy) => new SetRepositoryPolicy(),
            nameof(TagResource) => new TagResource(),
            nameof(UntagResource) => new UntagResource(),
            nameof(BatchDeleteImage) => new BatchDeleteImage(),
            nameof(BatchGetImage) => new BatchGetImage(),
            nameof(DescribeImageScanFindings) => new DescribeImageScanFindings(),
            nameof(DescribeImages) => new DescribeImages(),
            nameof(ListImageReferrers) => new ListImageReferrers(),
            nameof(ListImages) => new ListImages(),
            nameof(PutImage) => new PutImage(),
            nameof(UpdateImageStorageClass) => new UpdateImageStorageClass(),
            nameof(BatchCheckLayerAvailability) => new BatchCheckLayerAvailability(),
            nameof(CompleteLayerUpload) => new CompleteLayerUpload(),
            nameof(GetDownloadUrlForLayer) => new GetDownloadUrlForLayer(),
            nameof(InitiateLayerUpload) => new InitiateLayerUpload(),
            nameof(UploadLayerPart) => new UploadLayerPart(),
            nameof(DeleteLifecyclePolicy) => new DeleteLifecyclePolicy(),
            nameof(GetLifecyclePolicy) => new GetLifecyclePolicy(),
            nameof(GetLifecyclePolicyPreview) => new GetLifecyclePolicyPreview(),
            nameof(PutLifecyclePolicy) => new PutLifecyclePolicy(),
            nameof(StartLifecyclePolicyPreview) => new StartLifecyclePolicyPreview(),
            _ => null,
        };
}
