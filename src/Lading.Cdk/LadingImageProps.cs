using Lading.Oci;

namespace Lading.Cdk;

/// <summary>How an image is referred to.</summary>
public sealed class LadingImageProps
{
    /// <summary>How the template names it; by digest unless something else is said.</summary>
    public ImagePin Pin { get; init; } = ImagePin.Digest;

    /// <summary>
    /// The platform that it must run on (<see cref="Oci.Platform.LinuxArm64"/>), where that cannot be seen: a task on EC2, a Lambda function, a job.
    /// Null for what the task definition says.
    /// </summary>
    public Platform? Platform { get; init; }
}
