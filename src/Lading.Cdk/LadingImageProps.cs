using Lading.Oci;

namespace Lading.Cdk;

/// <summary>Options of a reference to an image.</summary>
public sealed class LadingImageProps
{
    /// <summary>How the template refers to it; by digest by default.</summary>
    public ImagePin Pin { get; init; } = ImagePin.Digest;

    /// <summary>
    /// The service that pulls it, for <see cref="LadingImage.ReferenceFor"/>: for an image with several platforms, Lambda and SageMaker
    /// get the manifest of <see cref="Platform"/>, since they do not support an index. Not needed for containers of tasks.
    /// </summary>
    public ImageConsumer For { get; init; } = ImageConsumer.Any;

    /// <summary>
    /// The platform it must run on (<see cref="Oci.Platform.LinuxArm64"/>), if that cannot be determined: for a task on EC2, a Lambda
    /// function, a job. Null to use the task definition's, or, for Lambda and SageMaker, <c>linux/amd64</c>.
    /// </summary>
    public Platform? Platform { get; init; }
}
