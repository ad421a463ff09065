using Lading.Oci;

namespace Lading.Cdk;

/// <summary>How an image is referred to.</summary>
public sealed class LadingImageProps
{
    /// <summary>How the template names it; by digest unless set.</summary>
    public ImagePin Pin { get; init; } = ImagePin.Digest;

    /// <summary>
    /// What pulls it, for <see cref="LadingImage.ReferenceFor"/>: of an image for several platforms, Lambda and SageMaker get the
    /// manifest of <see cref="Platform"/>, since they take no index. Containers of tasks need not say it.
    /// </summary>
    public ImageConsumer For { get; init; } = ImageConsumer.Any;

    /// <summary>
    /// The platform that it must run on (<see cref="Oci.Platform.LinuxArm64"/>), where that cannot be seen: a task on EC2, a Lambda function, a job.
    /// Null for what the task definition says; for Lambda and SageMaker, for <c>linux/amd64</c>.
    /// </summary>
    public Platform? Platform { get; init; }
}
